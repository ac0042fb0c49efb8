package org.tidings.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.util.TypeLiteral;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.cdi.discovery.Discovered;

/** CDI's own discovery, of an archive as applications have it. */
class DiscoveryTest {
    @TempDir
    private Path archive;

    @Test
    void aStreamedTypeInAnAnnotatedArchiveIsFoundAndTheExtensionIsAServiceOfTheClassPath() throws Exception {
        copy(Discovered.class);
        Files.createDirectories(archive.resolve("META-INF"));
        Files.writeString(
                archive.resolve("META-INF/beans.xml"),
                "<beans xmlns='https://jakarta.ee/xml/ns/jakartaee' version='4.0' bean-discovery-mode='annotated'/>");
        try (var loader = new ArchiveFirst(archive);
                WeldContainer container = new Weld()
                        .setClassLoader(loader)
                        .addBeanClasses(
                                RecordingHub.class,
                                BroadcasterProducer.class,
                                BroadcasterStreams.class,
                                LastEventId.class)
                        .initialize()) {
            Object found = loader.loadClass(Discovered.class.getName())
                    .getConstructor(String.class)
                    .newInstance("tea");

            container.select(new TypeLiteral<Event<Object>>() {}).get().fire(found);

            assertThat(found.getClass()).isNotSameAs(Discovered.class);
            assertThat(container.select(RecordingHub.class).get().published())
                    .containsExactly("found/tea|Discovered|{\"what\":\"tea\"}");
        }
    }

    private void copy(Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        Files.createDirectories(archive.resolve(file).getParent());
        try (var bytes = type.getResourceAsStream("/" + file)) {
            Files.copy(bytes, archive.resolve(file));
        }
    }

    /** Loads what is in the archive from there, although the tests' class path has it too. */
    private static final class ArchiveFirst extends URLClassLoader {
        ArchiveFirst(Path archive) throws IOException {
            super(new URL[] {archive.toUri().toURL()}, DiscoveryTest.class.getClassLoader());
        }

        /** Only this archive is discovered, whatever else on the tests' class path is one. */
        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals("META-INF/beans.xml") ? findResources(name) : super.getResources(name);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && findResource(name.replace('.', '/') + ".class") != null) {
                    loaded = findClass(name);
                }
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }
    }
}
