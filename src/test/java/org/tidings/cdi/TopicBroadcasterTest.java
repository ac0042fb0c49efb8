package org.tidings.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.glassfish.jersey.media.sse.OutboundEvent;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.api.Receipt;
import org.tidings.api.RejectedException;
import org.tidings.api.Topic;
import org.tidings.testkit.RecordingConnection;
import org.tidings.testkit.RecordingConnection.End;

/** The interface of Jakarta REST, over the real hub. */
class TopicBroadcasterTest {
    private final List<String> heard = new ArrayList<>();
    private final SseEventSink sink = new FakeSink();
    private WeldContainer container;
    private LocalHub hub;
    private SseBroadcaster broadcaster;
    private SseBroadcaster other;

    @BeforeEach
    void start() {
        container = CdiFixture.start(LocalHub.class, Rooms.class);
        hub = container.select(LocalHub.class).get();
        var rooms = container.select(Rooms.class).get();
        broadcaster = rooms.lobby;
        other = rooms.sameLobby;
        broadcaster.onClose(closed -> heard.add("closed " + name(closed)));
        broadcaster.onError((failed, failure) -> heard.add("error " + name(failed) + ": " + failure.getMessage()));
    }

    @AfterEach
    void stop() {
        container.shutdown();
    }

    @Test
    void whatIsBroadcastReachesTheRegisteredSinksAndEverySubscriberOfTheTopic() {
        register(broadcaster, sink);
        var elsewhere = new FakeSink();
        register(other, elsewhere);

        broadcast(text("hello"));

        assertThat(hub.connection(sink).data()).containsExactly("hello");
        assertThat(hub.connection(elsewhere).data()).containsExactly("hello");
    }

    @Test
    void theStageHasTheReceiptWhenTheEventIsDurable() {
        Object receipt =
                broadcaster.broadcast(text("hello")).toCompletableFuture().join();

        assertThat(receipt)
                .isInstanceOfSatisfying(
                        Receipt.class, r -> assertThat(r.topic().value()).isEqualTo("chat/lobby"));
    }

    @Test
    void theNameIsTheTypeAndTheIdIsTheLogs() {
        register(broadcaster, sink);

        broadcast(new OutboundEvent.Builder()
                .name("said")
                .id("mine")
                .data("hello")
                .build());

        var block = hub.connection(sink).blocks().get(1);
        assertThat(block.type()).contains("said");
        assertThat(block.id()).get().asString().endsWith("-1");
    }

    @Test
    void aReconnectionTimeAndACommentAreLeftOut() {
        register(broadcaster, sink);

        broadcast(new OutboundEvent.Builder()
                .reconnectDelay(7)
                .comment("mine")
                .data("hello")
                .build());

        var block = hub.connection(sink).blocks().get(1);
        assertThat(block.data()).contains("hello");
        assertThat(block.retry()).isEmpty();
        assertThat(block.comment()).contains("topic: chat/lobby");
    }

    @Test
    void dataIsWrittenByItsMediaType() {
        register(broadcaster, sink);

        broadcast(json(new Message("ann")));
        broadcast(json(List.of(1, 2)));
        broadcast(json("{\"ready\":true}"));
        broadcast(text(5));
        broadcast(new OutboundEvent.Builder()
                .mediaType(MediaType.valueOf("application/problem+json"))
                .data(new Message("bob"))
                .build());

        assertThat(hub.connection(sink).data())
                .containsExactly("{\"from\":\"ann\"}", "[1,2]", "{\"ready\":true}", "5", "{\"from\":\"bob\"}");
    }

    @Test
    void anEventWithoutDataIsNotPublished() {
        register(broadcaster, sink);

        broadcast(new OutboundEvent.Builder().comment("only this").build());

        assertThat(hub.connection(sink).data()).isEmpty();
    }

    @Test
    void whatCannotBePublishedFailsTheStage() {
        var tooLarge = broadcaster.broadcast(text("x".repeat(300_000))).toCompletableFuture();
        var noForm = broadcaster.broadcast(text(new Message("ann"))).toCompletableFuture();
        var reserved = broadcaster
                .broadcast(new OutboundEvent.Builder().name("$end").data("x").build())
                .toCompletableFuture();

        assertThat(List.of(tooLarge, noForm, reserved)).allSatisfy(stage -> assertThatThrownBy(stage::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RejectedException.class));
        assertThatThrownBy(noForm::join).hasMessageContaining("give it the media type application/json");
    }

    @Test
    void aRegisteredSinkGetsWhatTheClientOfThisRequestHasMissed() {
        String first = hub.publish(org.tidings.api.Publication.of("chat/lobby", "1"))
                .id()
                .toString();
        broadcast(text("2"));
        var requests = container.select(RequestContextController.class).get();
        requests.activate();
        try {
            container.select(LastEventId.class).get().set(first);
            register(broadcaster, sink);
        } finally {
            requests.deactivate();
        }
        broadcast(text("3"));

        assertThat(hub.connection(sink).data()).containsExactly("2", "3");
    }

    @Test
    void outsideARequestARegisteredSinkGetsWhatComesFromThenOn() {
        broadcast(text("1"));
        register(broadcaster, sink);
        broadcast(text("2"));

        assertThat(hub.connection(sink).data()).containsExactly("2");
    }

    @Test
    void aClientThatGoesIsHeardOfOnceByTheBroadcasterThatHasItsSink() {
        other.onClose(closed -> heard.add("not ours"));
        register(broadcaster, sink);

        hub.connection(sink).hangUp();
        hub.scheduler().runAll();

        assertThat(heard).containsExactly("closed sink");
        assertThat(streams()).isZero();
    }

    @Test
    void aConnectionThatIsCutIsAnErrorAndThenClosed() {
        register(broadcaster, sink);
        hub.connection(sink).stall();
        broadcast(text("1"));
        broadcast(text("2"));

        hub.scheduler().advance(Duration.ofMinutes(1));

        assertThat(heard).containsExactly("error sink: the subscriber's connection was cut: stalled", "closed sink");
        assertThat(streams()).isZero();
    }

    @Test
    void aClientThatGoesBeforeItsIdIsKnownIsHeardOfAsWell() {
        hub.hurry();

        broadcaster.register(sink);

        assertThat(heard).containsExactly("closed sink");
        assertThat(streams()).isZero();
    }

    @Test
    void aListenerThatThrowsHarmsNoOther() {
        var throwing = container.select(Rooms.class).get().lobby;
        throwing.onClose(closed -> {
            throw new IllegalStateException("of the application");
        });
        throwing.onClose(closed -> heard.add("behind it"));
        register(throwing, sink);

        hub.connection(sink).hangUp();
        hub.scheduler().runAll();

        assertThat(heard).containsExactly("behind it");
    }

    @Test
    void closeEndsTheSinksThatWereRegisteredHereAndNoOther() {
        var elsewhere = new FakeSink();
        register(broadcaster, sink);
        register(other, elsewhere);

        broadcaster.close();
        broadcaster.close(false);
        hub.scheduler().runAll();

        assertThat(hub.connection(sink).ending()).contains(End.ENDED);
        assertThat(hub.connection(elsewhere).ending()).isEmpty();
        assertThat(heard).containsExactly("closed sink");
        assertThat(streams()).isOne();
    }

    @Test
    void closeEndsASinkWhoseStreamIsNotYetOpen() {
        broadcaster.register(sink);

        broadcaster.close();
        hub.scheduler().runAll();

        assertThat(hub.connection(sink).ending()).contains(End.ENDED);
        assertThat(heard).containsExactly("closed sink");
    }

    @Test
    void closeThatDoesNotCascadeLeavesTheSinksOpenAndSubscribed() {
        register(broadcaster, sink);

        broadcaster.close(false);
        broadcaster.close();
        broadcast(other, text("still here"));

        RecordingConnection connection = hub.connection(sink);
        assertThat(connection.ending()).isEmpty();
        assertThat(connection.data()).containsExactly("still here");
        assertThat(streams()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClosedBroadcasterTakesNothingMore(boolean cascading) {
        broadcaster.close(cascading);

        assertThatThrownBy(() -> broadcaster.broadcast(text("x"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> broadcaster.register(sink)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> broadcaster.onClose(closed -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> broadcaster.onError((failed, failure) -> {}))
                .isInstanceOf(IllegalStateException.class);
        assertThat(hub.connection(sink)).isNull();
    }

    @Test
    void nullIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> broadcaster.broadcast(null));
        assertThatIllegalArgumentException().isThrownBy(() -> broadcaster.register(null));
        assertThatIllegalArgumentException().isThrownBy(() -> broadcaster.onClose(null));
        assertThatIllegalArgumentException().isThrownBy(() -> broadcaster.onError(null));
    }

    @Test
    void aBroadcasterCanBeLookedUpByTopic() {
        var found = container
                .select(SseBroadcaster.class, Topic.Literal.of("chat/other"))
                .get();
        register(found, sink);
        hub.publish(org.tidings.api.Publication.of("chat/other", "hello"));

        assertThat(hub.connection(sink).data()).containsExactly("hello");
    }

    private void register(SseBroadcaster by, SseEventSink registered) {
        by.register(registered);
        hub.scheduler().runAll();
    }

    private void broadcast(OutboundSseEvent event) {
        broadcast(broadcaster, event);
    }

    private static void broadcast(SseBroadcaster by, OutboundSseEvent event) {
        by.broadcast(event).toCompletableFuture().join();
    }

    private String name(SseEventSink known) {
        return known == sink ? "sink" : "another";
    }

    private int streams() {
        return container.select(BroadcasterStreams.class).get().size();
    }

    private static OutboundSseEvent text(Object data) {
        return new OutboundEvent.Builder().data(data).build();
    }

    private static OutboundSseEvent json(Object data) {
        return new OutboundEvent.Builder()
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(data)
                .build();
    }

    @Dependent
    static class Rooms {
        @Inject
        @Topic("chat/lobby")
        SseBroadcaster lobby;

        @Inject
        @Topic("chat/lobby")
        SseBroadcaster sameLobby;
    }

    /** A payload. */
    public record Message(String from) {}
}
