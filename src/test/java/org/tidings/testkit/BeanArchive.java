package org.tidings.testkit;

import jakarta.ws.rs.core.Feature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A jar with some of the tests' classes and a {@code beans.xml}: somebody's application, ready for the class path. */
public final class BeanArchive {
    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    private final Path jar;

    private BeanArchive(Path jar) {
        this.jar = jar;
    }

    /** Writes the jar into the folder, with the classes and those nested in them. */
    public static BeanArchive of(Path folder, Class<?>... classes) throws IOException {
        Path jar = folder.resolve("application.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("META-INF/beans.xml"));
            out.write(BEANS.getBytes(StandardCharsets.UTF_8));
            for (Class<?> type : classes) {
                add(out, type);
            }
            addFeatures(out, classes);
        }
        return new BeanArchive(jar);
    }

    /** One that has been written. */
    public static BeanArchive at(Path jar) {
        return new BeanArchive(jar);
    }

    /** Those that every Jakarta REST application is given. */
    private static void addFeatures(JarOutputStream out, Class<?>... classes) throws IOException {
        out.putNextEntry(new JarEntry("META-INF/services/" + Feature.class.getName()));
        for (Class<?> type : classes) {
            if (Feature.class.isAssignableFrom(type)) {
                out.write((type.getName() + '\n').getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void add(JarOutputStream out, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
            bytes.transferTo(out);
        }
        for (Class<?> nested : type.getDeclaredClasses()) {
            add(out, nested);
        }
    }

    /** Where it is, for the class path of another process. */
    public Path jar() {
        return jar;
    }

    /** Runs something while the archive is on the class path of this thread. */
    public <T> T onClassPath(Supplier<T> task) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Not closed: what was started goes on loading from it.
        var loader = new URLClassLoader(new URL[] {url()}, before);
        thread.setContextClassLoader(loader);
        try {
            return task.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private URL url() {
        try {
            return jar.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
