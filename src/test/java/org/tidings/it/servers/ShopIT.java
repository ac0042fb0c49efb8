package org.tidings.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.Patience.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.arquillian.TidingsWar;
import org.tidings.it.servers.shop.ShopApplication;
import org.tidings.testkit.HubClient;
import org.tidings.testkit.ReceivedEvent;
import org.tidings.testkit.SseSocketClient;

/** An application with Tidings as a library: CDI events, transactions of the server, the Jakarta REST interface. */
@Timeout(120)
@ExtendWith(ArquillianExtension.class)
class ShopIT {
    private static final int STREAMS = 500;

    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.asLibrary("shop.war").addPackage(ShopApplication.class.getPackage());
    }

    @ArquillianResource
    private HubClient hub;

    @ParameterizedTest
    @CsvSource({"user-transaction, 11", "transactional, 12", "ejb, 13", "none, 14"})
    void whatIsFiredIsPublishedInItsOrder(String way, long order) throws IOException {
        try (var stream = hub.stream("topic=orders/" + order)) {
            stream.next();
            assertThat(ship(order, way, "COMMIT").statusCode()).isEqualTo(200);
            assertThat(carriers(stream.next(3))).containsExactly("first", "second", "third");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "user-transaction, ROLLBACK, 21", "user-transaction, MARKED, 22",
        "transactional, ROLLBACK, 23", "transactional, MARKED, 24",
        "ejb, ROLLBACK, 25", "ejb, MARKED, 26"
    })
    void whatIsRolledBackIsNotPublished(String way, String outcome, long order) throws IOException {
        try (var stream = hub.stream("topic=orders/" + order)) {
            stream.next();
            assertThat(ship(order, way, outcome).statusCode()).isEqualTo(200);
            hub.published("topic=orders/" + order, "behind it");
            assertThat(stream.next().data()).isEqualTo("behind it");
        }
    }

    @Test
    void withinATransactionItWaitsForTheCommit() throws IOException {
        try (var stream = hub.stream("topic=orders/31")) {
            stream.next();
            CompletableFuture<HttpResponse<String>> shipped = hold(31, "user-transaction");
            hub.published("topic=orders/31", "before the commit");
            goOn(31);
            assertThat(shipped.join().statusCode()).isEqualTo(200);

            List<ReceivedEvent> received = stream.next(4);

            assertThat(received.get(0).data()).isEqualTo("before the commit");
            assertThat(carriers(received.subList(1, 4))).containsExactly("first", "second", "third");
        }
    }

    @Test
    void whatIsPublishedByTheHubItselfTakesNoPartInTheTransaction() throws IOException {
        try (var stream = hub.stream("topic=orders/33")) {
            stream.next();
            assertThat(ship(33, "by-hub", "ROLLBACK").statusCode()).isEqualTo(200);
            assertThat(stream.next().data()).isEqualTo("by the hub");
        }
    }

    @Test
    void withoutATransactionItDoesNot() throws IOException {
        try (var stream = hub.stream("topic=orders/32")) {
            stream.next();
            CompletableFuture<HttpResponse<String>> shipped = hold(32, "none");
            assertThat(carriers(stream.next(3))).containsExactly("first", "second", "third");
            goOn(32);
            assertThat(shipped.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anApplicationsOwnAddressStreamsAndResumes() throws IOException {
        String last;
        try (var stream = own("shop/orders")) {
            stream.next();
            ship(41, "none", "COMMIT");
            stream.next(3);
            last = stream.lastEventId();
        }
        ship(42, "none", "COMMIT");
        try (var stream = own("shop/orders", "Last-Event-ID: " + last)) {
            assertThat(stream.next().type()).isEqualTo("$hello");
            assertThat(carriers(stream.next(3))).containsExactly("first", "second", "third");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"broadcast", "event"})
    void aBoardIsABroadcasterAndATopic(String way) throws IOException {
        try (var stream = own("shop/board");
                var beside = hub.stream("topic=shop/board")) {
            stream.next();
            beside.next();
            post("shop/board/" + way, "sale");
            assertThat(stream.next().data()).isEqualTo("sale");
            assertThat(beside.next().data()).isEqualTo("sale");
        }
    }

    /** Else the pool, sessions or the heap would bound how many may listen. */
    @Test
    void anOpenStreamHoldsNothingOfItsRequest() throws IOException {
        var streams = new ArrayList<SseSocketClient>();
        try {
            for (int i = 0; i < STREAMS; i++) {
                SseSocketClient stream = own("shop/stock");
                streams.add(stream);
                assertThat(stream.status()).isEqualTo(200);
                assertThat(stream.header("Set-Cookie")).isEmpty();
            }
            await().untilAsserted(() ->
                    assertThat(hub.send(hub.request("shop/stock/carts")).body()).isEqualTo("0"));
        } finally {
            for (SseSocketClient stream : streams) {
                stream.close();
            }
        }
    }

    private HttpResponse<String> ship(long order, String way, String outcome) {
        return post("shop/orders/" + order + '/' + way + "?outcome=" + outcome, "");
    }

    /** Returns when its events are fired and it waits to commit. */
    private CompletableFuture<HttpResponse<String>> hold(long order, String way) {
        var shipped = hub.sendAsync(hub.request("shop/orders/" + order + '/' + way + "?outcome=COMMIT&held=true")
                .POST(BodyPublishers.noBody()));
        hub.send(hub.request("shop/orders/" + order + "/held"));
        return shipped;
    }

    private void goOn(long order) {
        post("shop/orders/" + order + "/held", "");
    }

    private HttpResponse<String> post(String path, String body) {
        return hub.send(hub.request(path).header("Content-Type", "text/plain").POST(BodyPublishers.ofString(body)));
    }

    private SseSocketClient own(String path, String... headers) throws IOException {
        return SseSocketClient.open(hub.uri(path), headers);
    }

    private static List<String> carriers(List<ReceivedEvent> events) {
        return events.stream()
                .map(event -> HubClient.json(event.data()).getString("carrier"))
                .toList();
    }
}
