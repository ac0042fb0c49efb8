package org.tidings.security;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where the server listens, said by a server that knows: the embedded one adds a bean of this type. Inside a foreign
 * server there is none, because an application cannot know from where it can be reached; then nothing that is allowed
 * on loopback only is allowed.
 *
 * @param host the address or name that the server was bound to
 */
public record ListenAddress(String host) {
    /** Whether only this machine can connect. A name that cannot be resolved is not loopback. */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
