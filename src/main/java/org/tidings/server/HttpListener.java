package org.tidings.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpHandlerRegistration;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.tidings.config.Settings;
import org.tidings.server.transport.GrizzlyTransport;

/** The HTTP side: one Grizzly listener with the applications' handlers and the static files. */
final class HttpListener {
    /**
     * What may wait to be written to one connection before a write blocks. Grizzly's own default follows the kernel's
     * buffer: 15 MiB on loopback.
     */
    private static final int MAX_PENDING_BYTES = 64 * 1024;

    /** A request for a stream may name a hundred topics in its query; Grizzly's default is 8 KiB. */
    private static final int MAX_HEADER_BYTES = 64 * 1024;

    /**
     * More than the 60 s for which nginx and others reuse a connection: the proxy closes it, so that no request meets a
     * closing one.
     */
    private static final int KEEP_ALIVE_SECONDS = 75;

    /**
     * All clients of a server that was restarted come at once, and wait here: see {@link AcceptPace}. The kernel's own
     * bound (somaxconn) is usually this too.
     */
    private static final int BACKLOG = 4096;

    /** What was answered may still be on its way to a slow client. */
    private static final int FLUSH_SECONDS = 1;

    /** For who may have the port: on this machine an answer comes at once. */
    private static final int ANSWER_MILLIS = 1_000;

    private final HttpServer server;
    private final NetworkListener listener;
    private final RunningRequests requests;
    private final AcceptPace pace;

    private HttpListener(HttpServer server, NetworkListener listener, RunningRequests requests, AcceptPace pace) {
        this.server = server;
        this.listener = listener;
        this.requests = requests;
        this.pace = pace;
    }

    static HttpListener start(Settings settings, GrizzlyTransport streams, Map<String, HttpHandler> applications) {
        var listener = new LateListener(settings.host(), settings.port());
        configure(listener, settings);
        listener.registerAddOn(streams.addOn());
        var server = new HttpServer();
        server.addListener(listener);
        applications.forEach((path, handler) -> add(server, path, handler));
        if (!applications.containsKey("")) {
            add(server, "", StaticFiles.ofThisProgram());
        }
        // Clients that encode a topic as one segment write its slashes as %2F.
        server.getHttpHandler().setAllowEncodedSlash(true);
        // Grizzly's own page names the version and shows the stack.
        server.getServerConfiguration()
                .setDefaultErrorPageGenerator((request, status, reason, description, e) -> reason);
        var requests = new RunningRequests();
        server.getServerConfiguration()
                .getMonitoringConfig()
                .getWebServerConfig()
                .addProbes(requests);
        var pace = new AcceptPace(settings.acceptRate());
        listener.getTransport().getConnectionMonitoringConfig().addProbes(pace);
        try {
            server.start();
            listener.listen();
        } catch (IOException e) {
            server.shutdownNow();
            pace.close();
            throw cannotListen(settings, e);
        }
        return new HttpListener(server, listener, requests, pace);
    }

    URI address() {
        String host = listener.getHost();
        String scheme = listener.isSecure() ? "https://" : "http://";
        return URI.create(scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + listener.getPort() + "/");
    }

    /** Takes no more requests, waits for those that run, then closes all connections. */
    void stop(Duration drain) {
        var stopped = server.shutdown(drain.toMillis(), TimeUnit.MILLISECONDS);
        try {
            if (requests.awaitNone(drain)) {
                stopped.get(FLUSH_SECONDS, TimeUnit.SECONDS);
            } else {
                System.getLogger(HttpListener.class.getName())
                        .log(System.Logger.Level.INFO, "Requests were still running after {0}; they are cut", drain);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Grizzly waits for somebody who has left: see RunningRequests.
        }
        server.shutdownNow();
        pace.close();
    }

    private static void configure(NetworkListener listener, Settings settings) {
        listener.setMaxPendingBytes(MAX_PENDING_BYTES);
        listener.setMaxHttpHeaderSize(MAX_HEADER_BYTES);
        listener.getKeepAlive().setIdleTimeoutInSeconds(KEEP_ALIVE_SECONDS);
        listener.getKeepAlive().setMaxRequestsCount(-1); // a client that polls may do so for ever
        // It would look at every request, for static files that are not its own.
        listener.getFileCache().setEnabled(false);
        settings.tls().ifPresent(tls -> Tls.configure(listener, tls));
        if (settings.tls().map(Settings.Tls::http2).orElse(false)) {
            listener.registerAddOn(new Http2(MAX_HEADER_BYTES));
        }
        listener.registerAddOn((own, chain) -> {
            chain.add(chain.indexOfType(HttpServerFilter.class), new WellFormedRequests());
            chain.add(chain.indexOfType(WellFormedRequests.class), new BodyBuffers());
        });
        listener.registerAddOn(
                (own, chain) -> chain.add(chain.indexOfType(HttpCodecFilter.class) + 1, new UpgradeOffers()));
        var transport = listener.getTransport();
        transport.setServerConnectionBackLog(BACKLOG);
        // A write that blocks ends when the hub, too, would give the client up.
        transport.setWriteTimeout(settings.hub().stallLimit().toMillis(), TimeUnit.MILLISECONDS);
        configureWorkers(transport.getWorkerThreadPoolConfig());
    }

    /**
     * Resource methods block: on the log, on what an application does. The queue before them needs no bound of its own,
     * for a connection has one request in it at the most; with HTTP/2, as many as it may have streams.
     */
    private static void configureWorkers(ThreadPoolConfig pool) {
        int workers = Math.max(32, 8 * Runtime.getRuntime().availableProcessors());
        pool.setPoolName("tidings-http").setCorePoolSize(workers).setMaxPoolSize(workers);
    }

    private static void add(HttpServer server, String path, HttpHandler handler) {
        server.getServerConfiguration()
                .addHttpHandler(
                        handler,
                        HttpHandlerRegistration.builder()
                                .contextPath(path.isEmpty() ? "" : "/" + path)
                                .urlPattern("/*")
                                .build());
    }

    private static StartException cannotListen(Settings settings, IOException e) {
        String at = settings.host() + ":" + settings.port();
        if (e instanceof BindException && isTaken(settings)) {
            return new StartException(
                    "Port " + settings.port() + " of " + settings.host()
                            + " is taken: stop the program that has it, or set TIDINGS_PORT to another port.",
                    e);
        }
        return new StartException("Tidings cannot listen on " + at + " (" + e.getMessage() + "): see tidings.host.", e);
    }

    /** What the exception says is in the language of the machine. */
    private static boolean isTaken(Settings settings) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), ANSWER_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Listens when it is told to. Grizzly's server starts its listeners before it has its handlers, and answers 404
     * meanwhile: an EventSource that comes back in that moment would give up for good.
     */
    private static final class LateListener extends NetworkListener {
        private boolean handlersAreThere;

        LateListener(String host, int port) {
            super("tidings", host, port);
        }

        @Override
        public synchronized void start() throws IOException {
            if (handlersAreThere) {
                super.start();
            }
        }

        synchronized void listen() throws IOException {
            handlersAreThere = true;
            start();
        }
    }
}
