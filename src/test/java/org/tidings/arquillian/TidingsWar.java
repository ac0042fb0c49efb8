package org.tidings.arquillian;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What tests deploy: the WAR that the build has made. */
public final class TidingsWar {
    /** Where a WAR has {@link #application}. */
    static final String APPLICATION = "WEB-INF/lib/application.jar";

    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    private TidingsWar() {}

    /** As it is. */
    public static WebArchive unchanged() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/tidings.war"));
    }

    /**
     * With an application beside it.
     *
     * @see #application
     */
    public static WebArchive with(Map<String, String> settings, Class<?>... application) {
        return unchanged().addAsLibrary(application(settings, application));
    }

    /** A WAR that is an application's own, in which Tidings is a library. */
    public static WebArchive asLibrary(String name) {
        return ShrinkWrap.create(WebArchive.class, name)
                .addAsLibraries(new File("target/tidings-classes.jar"))
                .addAsLibraries(Objects.requireNonNull(new File("target/tidings/WEB-INF/lib").listFiles()));
    }

    /**
     * An application, as a library of a WAR.
     *
     * @param settings by key: they are in its {@code META-INF/microprofile-config.properties}
     * @param classes its classes; those nested in them come with them
     */
    public static JavaArchive application(Map<String, String> settings, Class<?>... classes) {
        return ShrinkWrap.create(JavaArchive.class, "application.jar")
                .addClasses(classes)
                .addAsManifestResource(new StringAsset(BEANS), "beans.xml")
                .addAsManifestResource(new StringAsset(properties(settings)), "microprofile-config.properties");
    }

    private static String properties(Map<String, String> settings) {
        var properties = new Properties();
        properties.putAll(settings);
        var text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
