package org.tidings.arquillian;

import java.lang.annotation.Annotation;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.arquillian.test.spi.enricher.resource.ResourceProvider;
import org.tidings.testkit.HubClient;

/** Gives tests their {@link HubClient}, with the address that the container has told. */
final class HubClientProvider implements ResourceProvider {
    @Inject
    private Instance<ProtocolMetaData> deployed;

    @Override
    public boolean canProvide(Class<?> type) {
        return type == HubClient.class;
    }

    @Override
    public Object lookup(ArquillianResource resource, Annotation... qualifiers) {
        HTTPContext context =
                deployed.get().getContexts(HTTPContext.class).iterator().next();
        return HubClient.of(context.getServlets().get(0).getBaseURI());
    }
}
