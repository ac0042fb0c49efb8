package org.tidings.arquillian;

import java.lang.annotation.Annotation;
import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.arquillian.test.spi.enricher.resource.ResourceProvider;

/** Gives tests the {@link JakartaServer}. */
final class JakartaServerProvider implements ResourceProvider {
    @Inject
    private Instance<ContainerRegistry> containers;

    @Override
    public boolean canProvide(Class<?> type) {
        return type == JakartaServer.class;
    }

    @Override
    public Object lookup(ArquillianResource resource, Annotation... qualifiers) {
        return new JakartaServer(containers.get().getContainers().get(0));
    }
}
