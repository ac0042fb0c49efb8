package org.tidings.cdi;

import java.util.stream.Stream;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** A CDI container with what a test names, and with what every test of this package needs. */
final class CdiFixture {
    private CdiFixture() {}

    /** Without discovery, so no extension of the class path comes by itself either. */
    static WeldContainer start(Class<?>... beans) {
        Class<?>[] ours = {BroadcasterProducer.class, BroadcasterStreams.class, LastEventId.class};
        Class<?>[] all = Stream.concat(Stream.of(ours), Stream.of(beans)).toArray(Class<?>[]::new);
        return new Weld()
                .disableDiscovery()
                .addBeanClasses(all)
                .addExtension(new StreamedExtension())
                .initialize();
    }
}
