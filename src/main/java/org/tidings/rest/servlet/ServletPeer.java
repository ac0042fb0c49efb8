package org.tidings.rest.servlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.tidings.security.PeerAddress;

/**
 * The ends of a request, as the servlet API shows them. Both: a server may be told to believe a proxy's word for one.
 */
@ApplicationScoped
public class ServletPeer implements PeerAddress {
    @Inject
    private Instance<HttpServletRequest> requests;

    @Override
    public boolean isLoopback() {
        try {
            HttpServletRequest request = requests.get();
            return PeerAddress.isLoopback(request.getRemoteAddr()) && PeerAddress.isLoopback(request.getLocalAddr());
        } catch (ContextNotActiveException | IllegalStateException e) {
            return false; // no request is being served
        }
    }
}
