package org.tidings.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** HTTP/2 over TLS: all streams on the one connection that Java's client keeps for a server. */
final class Http2Subscribers implements Subscribers {
    private final Run run;
    private final Deliveries deliveries;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    private final List<CompletableFuture<HttpResponse<Void>>> all = new ArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    Http2Subscribers(Run run, Deliveries deliveries) {
        this.run = run;
        this.deliveries = deliveries;
    }

    @Override
    public void open() throws IOException, InterruptedException {
        int clients = run.workload().audience().clients();
        open(0, 1); // before there is a connection, each request would make one
        open(1, clients);
    }

    private void open(int from, int to) throws IOException, InterruptedException {
        var opening = new CountDownLatch(to - from);
        for (int i = from; i < to; i++) {
            var request = HttpRequest.newBuilder(run.endpoint().uri().resolve(run.subscribePath(i)))
                    .header("Accept", "text/event-stream")
                    .build();
            CompletableFuture<HttpResponse<Void>> stream = http.sendAsync(request, info -> answered(info, opening));
            // One that ends now was never answered, and is counted as a failure.
            all.add(stream.whenComplete((response, failure) -> opening.countDown()));
        }
        if (!opening.await(OPEN_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(opening.getCount() + " streams were not answered within " + OPEN_SECONDS + " s");
        }
    }

    @Override
    public int failures() {
        return failures.get()
                + (int) all.stream().filter(CompletableFuture::isDone).count();
    }

    @Override
    public void close() {
        all.forEach(stream -> stream.cancel(true));
    }

    private BodySubscriber<Void> answered(ResponseInfo info, CountDownLatch opening) {
        if (info.statusCode() != 200 || info.version() != HttpClient.Version.HTTP_2) {
            failures.incrementAndGet();
        }
        opening.countDown();
        return BodySubscribers.fromSubscriber(new Stream(run.scanner(deliveries)));
    }

    /** One stream. */
    private final class Stream implements Flow.Subscriber<List<ByteBuffer>> {
        private final MarkerScanner scanner;

        Stream(MarkerScanner scanner) {
            this.scanner = scanner;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                var bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                deliveries.read(scanner, bytes, bytes.length);
            }
        }

        @Override
        public void onError(Throwable failure) {
            // The stream's future is done then, which failures() counts.
        }

        @Override
        public void onComplete() {
            // As above.
        }
    }
}
