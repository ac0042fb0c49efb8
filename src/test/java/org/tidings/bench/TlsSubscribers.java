package org.tidings.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** HTTP/1.1 over TLS: a thread for each connection, which is simple, and enough for some hundreds. */
final class TlsSubscribers implements Subscribers {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int STATUS_LENGTH = "HTTP/1.1 200".length();

    private final Run run;
    private final Deliveries deliveries;
    private final Queue<Socket> all = new ConcurrentLinkedQueue<>();
    private final CountDownLatch opening;
    private final AtomicInteger failures = new AtomicInteger();

    TlsSubscribers(Run run, Deliveries deliveries) {
        this.run = run;
        this.deliveries = deliveries;
        this.opening = new CountDownLatch(run.workload().audience().clients());
    }

    @Override
    public void open() throws IOException, InterruptedException {
        for (int i = 0; i < run.workload().audience().clients(); i++) {
            int client = i;
            var reader = new Thread(() -> read(client), "bench-reader-" + i);
            reader.setDaemon(true);
            reader.start();
        }
        if (!opening.await(OPEN_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(opening.getCount() + " streams were not answered within " + OPEN_SECONDS + " s");
        }
    }

    @Override
    public int failures() {
        return failures.get();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : all) {
            socket.close();
        }
    }

    private void read(int client) {
        boolean answered = false;
        try (Socket socket = run.endpoint().connect()) {
            all.add(socket);
            socket.getOutputStream().write(Endpoint.subscription(run.subscribePath(client)));
            var scanner = run.scanner(deliveries);
            var bytes = new byte[BUFFER_BYTES];
            for (int length = socket.getInputStream().read(bytes);
                    length >= 0;
                    length = socket.getInputStream().read(bytes)) {
                if (!answered) {
                    answered = true;
                    answered(new String(bytes, 0, Math.min(length, STATUS_LENGTH), StandardCharsets.US_ASCII));
                }
                deliveries.read(scanner, bytes, length);
            }
        } catch (IOException e) {
            // Counted below.
        }
        failures.incrementAndGet();
        if (!answered) {
            opening.countDown();
        }
    }

    private void answered(String status) {
        if (!status.endsWith(" 200")) {
            failures.incrementAndGet();
        }
        opening.countDown();
    }
}
