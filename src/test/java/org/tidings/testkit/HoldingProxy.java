package org.tidings.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Hands one client's bytes on to a server and back, until it holds: then it is as if the network between were gone. */
public final class HoldingProxy implements AutoCloseable {
    /** What the kernel takes for it while it holds is not much more. */
    private static final int BUFFER_BYTES = 4 * 1024;

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final URI target;
    private volatile boolean holding;

    public HoldingProxy(URI target) throws IOException {
        this.target = target;
        threads.execute(this::serve);
    }

    /** The target, by this proxy. */
    public URI uri() {
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + target.getRawPath() + query);
    }

    /** Takes nothing more from either side, and closes neither. What it has read already may still be handed on. */
    public void hold() {
        holding = true;
    }

    @Override
    public void close() throws IOException {
        server.close();
        closed.countDown();
        threads.shutdownNow();
    }

    private void serve() {
        try (Socket client = server.accept();
                var onward = new Socket()) {
            onward.setReceiveBufferSize(BUFFER_BYTES);
            onward.connect(new InetSocketAddress(target.getHost(), target.getPort()));
            threads.execute(() -> copy(client, onward));
            copy(onward, client);
            closed.await();
        } catch (IOException e) {
            // Closed before anybody came.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(Socket from, Socket to) {
        var buffer = new byte[BUFFER_BYTES];
        try {
            for (int length = 0;
                    length >= 0 && !holding;
                    length = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException e) {
            // One side has gone.
        }
    }
}
