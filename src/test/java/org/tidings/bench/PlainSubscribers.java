package org.tidings.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** HTTP/1.1 without TLS: one thread reads from all connections, as cheaply as Java can. */
final class PlainSubscribers implements Subscribers {
    /** How many may be on their way to be opened at once. */
    private static final int CONCURRENTLY = 256;

    private static final int BUFFER_BYTES = 256 * 1024;

    /** A dead reader's receive buffer: small, so that it is soon the server that has to hold what is not read. */
    private static final int DEAD_BUFFER_BYTES = 4096;

    /** An address has about 28,000 ports, and a closed connection keeps its own for a minute. */
    private static final int CONNECTIONS_PER_ADDRESS = 5_000;

    private static final byte[] SUCCESS = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

    private static final AtomicInteger CROWDS = new AtomicInteger();

    private final int crowd = CROWDS.getAndIncrement();
    private final Run run;
    private final Deliveries deliveries;
    private final Selector selector = Selector.open();
    private final Queue<Stream> arriving = new ConcurrentLinkedQueue<>();
    private final List<SocketChannel> all = new ArrayList<>();
    private final int concurrently;
    private final Semaphore opening;
    private final IntFunction<byte[]> requests;
    private final IntFunction<MarkerScanner> scanners;
    private final AtomicInteger failures = new AtomicInteger();

    // The reader's own.
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] bytes = new byte[BUFFER_BYTES];

    /**
     * Others than the run's.
     *
     * @param concurrently how many may be on their way to be opened at once
     * @param requests of each client
     * @param scanners for each, called when what it reads has been handed to the deliveries
     */
    PlainSubscribers(
            Run run,
            Deliveries deliveries,
            int concurrently,
            IntFunction<byte[]> requests,
            IntFunction<MarkerScanner> scanners)
            throws IOException {
        this.run = run;
        this.deliveries = deliveries;
        this.concurrently = concurrently;
        this.opening = new Semaphore(concurrently);
        this.requests = requests;
        this.scanners = scanners;
        var reader = new Thread(this::read, "bench-reader");
        reader.setDaemon(true);
        reader.start();
    }

    static PlainSubscribers of(Run run, Deliveries deliveries) throws IOException {
        return new PlainSubscribers(
                run,
                deliveries,
                CONCURRENTLY,
                client -> Endpoint.subscription(run.subscribePath(client)),
                client -> run.scanner(deliveries));
    }

    @Override
    public void open() throws IOException, InterruptedException {
        int clients = run.workload().audience().clients();
        for (int i = 0; i < run.workload().audience().connections(); i++) {
            SocketChannel channel = connect(i, i >= clients);
            all.add(channel);
            if (i < clients) {
                acquire(1);
                arriving.add(new Stream(channel, scanners.apply(i)));
                selector.wakeup();
            }
        }
        acquire(concurrently);
    }

    @Override
    public int failures() {
        return failures.get();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : all) {
            channel.close();
        }
        selector.close();
    }

    private void acquire(int permits) throws IOException, InterruptedException {
        if (!opening.tryAcquire(permits, OPEN_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("a stream was not answered within " + OPEN_SECONDS + " s");
        }
    }

    private SocketChannel connect(int client, boolean dead) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (dead) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, DEAD_BUFFER_BYTES);
        }
        channel.bind(new InetSocketAddress(sourceAddress(client), 0));
        channel.connect(run.endpoint().address());
        channel.write(ByteBuffer.wrap(requests.apply(client)));
        channel.configureBlocking(false);
        return channel;
    }

    /** Another part of 127.0.0.0/8 for each crowd of each run: no port is wanted that the last one still keeps. */
    private String sourceAddress(int client) {
        return "127." + (1 + crowd % 254) + "." + run.number() % 256 + "." + (1 + client / CONNECTIONS_PER_ADDRESS);
    }

    private void read() {
        try {
            while (true) {
                selector.select(this::ready);
                register();
            }
        } catch (ClosedSelectorException e) {
            // The end.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void register() throws IOException {
        for (Stream stream = arriving.poll(); stream != null; stream = arriving.poll()) {
            stream.channel.register(selector, SelectionKey.OP_READ, stream);
        }
    }

    private void ready(SelectionKey key) {
        var stream = (Stream) key.attachment();
        int length = readInto(buffer.clear(), stream.channel);
        if (length < 0) {
            key.cancel();
            failures.incrementAndGet();
            stream.answered(opening);
            return;
        }
        buffer.flip().get(bytes, 0, length);
        if (!stream.answered && !isSuccess(length)) {
            failures.incrementAndGet();
        }
        stream.answered(opening);
        deliveries.read(stream.scanner, bytes, length);
    }

    private static int readInto(ByteBuffer buffer, SocketChannel channel) {
        try {
            return channel.read(buffer);
        } catch (IOException e) {
            return -1;
        }
    }

    /** The status comes in one piece. */
    private boolean isSuccess(int length) {
        return length >= SUCCESS.length
                && java.util.Arrays.equals(bytes, 0, SUCCESS.length, SUCCESS, 0, SUCCESS.length);
    }

    /** One connection. */
    private static final class Stream {
        private final SocketChannel channel;
        private final MarkerScanner scanner;
        private boolean answered;

        Stream(SocketChannel channel, MarkerScanner scanner) {
            this.channel = channel;
            this.scanner = scanner;
        }

        void answered(Semaphore opening) {
            if (!answered) {
                answered = true;
                opening.release();
            }
        }
    }
}
