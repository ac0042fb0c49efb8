package org.tidings.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy of HTTP/1.1 on this machine that does what proxies do to streams. */
public final class TroublingProxy implements AutoCloseable {
    /** What it does with what it is asked from now on. */
    public enum Mode {
        /** Hands on. */
        PASS,
        /** Keeps the body of a stream until it ends. */
        BUFFER,
        /** Says that the server behind it cannot be reached. */
        BAD_GATEWAY
    }

    private static final byte[] ANSWER_502 =
            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int target;
    private volatile Mode mode = Mode.PASS;

    public TroublingProxy(int target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Cuts all connections, and goes on in a mode. */
    public void cut(Mode next) throws IOException {
        mode = next;
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut(Mode.BAD_GATEWAY);
        threads.shutdown();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed, and so is the loop.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (mode == Mode.BAD_GATEWAY) {
                client.getInputStream().read(new byte[16 * 1024]);
                client.getOutputStream().write(ANSWER_502);
                return;
            }
            try (var onward = new Socket(server.getInetAddress(), target)) {
                sockets.add(onward);
                threads.execute(() -> request(client, onward));
                answer(onward, client);
            }
        } catch (IOException e) {
            // One side is gone; the other is closed.
        } finally {
            sockets.remove(client);
        }
    }

    private void request(Socket client, Socket onward) {
        try (client;
                onward) {
            client.getInputStream().transferTo(onward.getOutputStream());
        } catch (IOException e) {
            // As above.
        } finally {
            sockets.remove(onward);
        }
    }

    private void answer(Socket onward, Socket client) throws IOException {
        var bytes = new byte[64 * 1024];
        InputStream in = onward.getInputStream();
        boolean holds = false;
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
            holds |= mode == Mode.BUFFER && new String(bytes, 0, n, ISO_8859_1).contains("text/event-stream");
            if (!holds) {
                client.getOutputStream().write(bytes, 0, n);
            }
        }
    }
}
