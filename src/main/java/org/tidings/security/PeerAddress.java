package org.tidings.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Where the other end of a request is, said by a server whose requests tell. What a proxy on this machine passes on
 * comes from here, too: {@link Caller#forwarded} is another question.
 */
public interface PeerAddress {
    /** An address of IPv4 or IPv6; a name may look like "cafe", but has no colon. */
    Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** Whether the request that this thread serves came over this machine's loopback; false if there is none. */
    boolean isLoopback();

    /** Whether an address is one of this machine's own. Never asks for a name: what is no literal is none. */
    static boolean isLoopback(String address) {
        if (address == null || !LITERAL.matcher(address).matches()) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
