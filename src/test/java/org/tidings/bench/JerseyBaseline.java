package org.tidings.bench;

import java.net.URI;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** The base line on the runtime of the embedded server, Jersey on Grizzly. */
final class JerseyBaseline {
    private JerseyBaseline() {}

    /** Prints where it listens, and runs until it is told to end. */
    public static void main(String[] args) throws InterruptedException {
        var server = GrizzlyHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/"), new ResourceConfig().register(new BroadcasterResource()));
        server.getListener("grizzly").getKeepAlive().setMaxRequestsCount(-1); // a publisher keeps its connection
        System.out.println("Jersey listens on http://127.0.0.1:"
                + server.getListener("grizzly").getPort() + "/");
        Thread.currentThread().join();
    }
}
