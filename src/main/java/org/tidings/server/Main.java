package org.tidings.server;

import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tidings.config.SettingsException;

/** The program: starts the server, says where it listens, and stops it when the process is told to end. */
public final class Main {
    private Main() {}

    /** Takes no arguments; see server-config/embedded/README.md for what can be set. */
    public static void main(String[] args) throws IOException, InterruptedException {
        quietLogging();
        try {
            TidingsServer server = TidingsServer.start(Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "tidings-stop"));
            System.out.println("Tidings listens on " + server.address());
            Thread.currentThread().join(); // all other threads are daemons; the hook ends the process
        } catch (SettingsException e) {
            fail("Tidings cannot start: " + e.getMessage() + ".");
        } catch (StartException e) {
            fail(e.getMessage());
        } catch (DeploymentException | DefinitionException e) {
            fail("Tidings cannot start: " + sentences(e));
        }
    }

    /** One line for each message, and only warnings of other people's packages; unless somebody has set up logging. */
    private static void quietLogging() throws IOException {
        if (System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null) {
            return;
        }
        try (InputStream properties = Main.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(properties);
        }
    }

    /**
     * What is wrong with the application, without the stacks that Weld puts into the message when it is several things.
     */
    private static String sentences(RuntimeException e) {
        return e.getSuppressed().length == 0
                ? e.getMessage()
                : Stream.of(e.getSuppressed()).map(Throwable::getMessage).collect(Collectors.joining("; "));
    }

    private static void fail(String sentence) {
        System.err.println(sentence);
        System.exit(1);
    }
}
