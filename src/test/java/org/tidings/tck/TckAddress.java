package org.tidings.tck;

import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.core.api.annotation.Observes;

/** Tells the TCK where the server is, by the system properties that it reads. */
final class TckAddress {
    void tell(@Observes ProtocolMetaData deployed) {
        for (HTTPContext context : deployed.getContexts(HTTPContext.class)) {
            System.setProperty("webServerHost", context.getHost());
            System.setProperty("webServerPort", Integer.toString(context.getPort()));
        }
    }
}
