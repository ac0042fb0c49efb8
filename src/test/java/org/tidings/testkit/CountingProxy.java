package org.tidings.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Hands bytes on to a port of this machine and back, and counts the connections. They end with it: Java's HttpClient
 * has no end of its own, and a server keeps what an HTTP/2 connection that is idle was used for.
 */
public final class CountingProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    public CountingProxy(int target) throws IOException {
        threads.execute(() -> accept(target));
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many there have been. */
    public int connections() {
        return clients.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdown();
        for (Socket client : clients) {
            client.close();
        }
    }

    private void accept(int target) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                clients.add(client);
                var onward = new Socket(server.getInetAddress(), target);
                client.setTcpNoDelay(true);
                onward.setTcpNoDelay(true);
                threads.execute(() -> copy(client, onward));
                threads.execute(() -> copy(onward, client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** Until either side closes: then both are closed, and so the copy the other way ends. */
    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Cut by one side: the other is cut, too.
        }
    }
}
