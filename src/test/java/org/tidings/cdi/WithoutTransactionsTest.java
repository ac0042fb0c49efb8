package org.tidings.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.util.TypeLiteral;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;
import org.tidings.api.Topic;

/** An embedded application need not have Jakarta Transactions on its class path. */
class WithoutTransactionsTest {
    private static final String TRANSACTION_API = "jakarta.transaction-api";

    @Test
    void eventsArePublishedAtOnceWhereThereIsNoTransactionApi() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(classPathWithoutTransactions(), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            Object application = loader.loadClass(Application.class.getName())
                    .getConstructor()
                    .newInstance();

            assertThat(((Callable<?>) application).call())
                    .isEqualTo(List.of("transaction API: false", "chat/lobby|-|hello"));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] classPathWithoutTransactions() throws IOException {
        var urls = new ArrayList<URL>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            // Narayana's jars have parts of the API in them.
            if (!entry.contains(TRANSACTION_API) && !entry.contains("narayana")) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    /** Runs in the other class loader; only types of the platform go in and out. */
    public static final class Application implements Callable<List<String>> {
        @Override
        public List<String> call() {
            try (WeldContainer container = CdiFixture.start(RecordingHub.class)) {
                var lobby = container
                        .select(new TypeLiteral<Event<Object>>() {})
                        .get()
                        .select(Topic.Literal.of("chat/lobby"));
                lobby.fire("hello");

                var result = new ArrayList<String>();
                result.add("transaction API: " + hasTransactionApi());
                result.addAll(container.select(RecordingHub.class).get().published());
                return result;
            }
        }

        private static boolean hasTransactionApi() {
            return Application.class.getClassLoader().getResource("jakarta/transaction/Status.class") != null;
        }
    }
}
