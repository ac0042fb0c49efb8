package org.tidings.tck;

import org.jboss.arquillian.core.spi.LoadableExtension;

/** Tells Arquillian what the TCK needs; named in {@code META-INF/services}. */
public final class TckExtension implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(TckArchives.class).observer(TckAddress.class);
    }
}
