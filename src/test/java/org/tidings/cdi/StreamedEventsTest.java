package org.tidings.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import java.nio.CharBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.Streamed;
import org.tidings.api.Topic;

/** Events that are fired without a transaction. */
class StreamedEventsTest {
    private WeldContainer container;
    private RecordingHub hub;
    private Shop shop;

    @BeforeEach
    void start() {
        container = CdiFixture.start(
                RecordingHub.class,
                Shop.class,
                Refuser.class,
                OrderShipped.class,
                OrderChanged.class,
                ExpressOrderChanged.class,
                Note.class,
                Alarm.class,
                Box.class);
        hub = container.select(RecordingHub.class).get();
        shop = container.select(Shop.class).get();
    }

    @AfterEach
    void stop() {
        container.shutdown();
    }

    @Test
    void aStreamedEventIsPublishedAsJsonToTheTopicOfItsPropertiesWithTheTypeOfItsAnnotation() {
        shop.shipped.fire(new OrderShipped(42, "ups"));

        assertThat(hub.published()).containsExactly("orders/42|shipped|{\"carrier\":\"ups\",\"orderId\":42}");
    }

    @Test
    void theTypeIsTheSimpleNameOfTheClassUnlessGiven() {
        shop.any.fire(new OrderChanged(1));

        assertThat(hub.published()).containsExactly("orders/1|OrderChanged|{\"id\":1}");
    }

    @Test
    void textStaysText() {
        shop.any.fire(new Note("say \"hi\""));

        assertThat(hub.published()).containsExactly("notes|Note|say \"hi\"");
    }

    @Test
    void aSubclassIsPublishedOnceByTheNearestDeclaration() {
        shop.any.fire(new ExpressOrderChanged(1));
        shop.any.fire(new SameDayOrderChanged(2));

        assertThat(hub.published())
                .containsExactly(
                        "express/1|ExpressOrderChanged|{\"id\":1}", "express/2|ExpressOrderChanged|{\"id\":2}");
    }

    @Test
    void aSubclassWithoutADeclarationIsPublishedByThatOfItsSuperclass() {
        shop.any.fire(new PlainOrderChanged(3));

        assertThat(hub.published()).containsExactly("orders/3|OrderChanged|{\"id\":3}");
    }

    @Test
    void anInterfaceDeclaresForItsClasses() {
        shop.any.fire(new FireAlarm());

        assertThat(hub.published()).containsExactly("alarms/red|Alarm|{\"level\":\"red\"}");
    }

    @Test
    void aGenericPayloadIsPublishedHoweverItIsFired() {
        shop.boxes.fire(new Box<>("a"));
        shop.any.select(new TypeLiteral<Box<String>>() {}).fire(new Box<>("b"));

        assertThat(hub.published()).containsExactly("boxes|Box|{\"content\":\"a\"}", "boxes|Box|{\"content\":\"b\"}");
    }

    @Test
    void anyPayloadGoesToTheTopicOfTheInjectionPoint() {
        shop.lobby.fire("hello");
        shop.lobby.fire(CharBuffer.wrap("there"));
        shop.lobby.fire(new Plain());

        assertThat(hub.published())
                .containsExactly("chat/lobby|-|hello", "chat/lobby|-|there", "chat/lobby|Plain|{\"x\":1}");
    }

    @Test
    void classesOfThePlatformAndNamelessOnesGiveNoType() {
        shop.maps.fire(Map.of("a", 1));
        shop.lobby.fire(new int[] {1, 2});
        shop.lobby.fire(5);
        shop.lobby.fire(jakarta.json.Json.createObjectBuilder().add("b", 2).build());
        shop.lobby.fire(new Plain() {});

        assertThat(hub.published())
                .containsExactly(
                        "chat/lobby|-|{\"a\":1}",
                        "chat/lobby|-|[1,2]",
                        "chat/lobby|-|5",
                        "chat/lobby|-|{\"b\":2}",
                        "chat/lobby|-|{\"x\":1}");
    }

    @Test
    void aTopicCanBeSelectedAtFiring() {
        shop.any.select(Topic.Literal.of("chat/other")).fire("hello");

        assertThat(hub.published()).containsExactly("chat/other|-|hello");
    }

    @Test
    void theTopicGivenAtFiringWinsOverTheDeclaredOne() {
        shop.lobby.fire(new OrderShipped(42, "ups"));

        assertThat(hub.published()).containsExactly("chat/lobby|shipped|{\"carrier\":\"ups\",\"orderId\":42}");
    }

    @Test
    void whatIsNeitherStreamedNorAddressedIsNotPublished() {
        shop.any.fire(new Plain());

        assertThat(hub.published()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a//b", "*", "$hello"})
    void aTopicMadeUpAtRunTimeIsCheckedAtFiring(String topic) {
        var event = shop.any.select(new MadeUpTopic(topic));

        assertThatThrownBy(() -> event.fire("x")).isInstanceOf(RejectedException.class);
        assertThat(hub.published()).isEmpty();
    }

    @Test
    void aPropertyThatFitsInNoSegmentIsRejectedOutOfFire() {
        assertThatThrownBy(() -> shop.any.fire(new Alarm() {
                    @Override
                    public String getLevel() {
                        return "very/red";
                    }
                }))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("'level'")
                .hasMessageContaining("has a '/'");
        assertThat(hub.published()).isEmpty();
    }

    @Test
    void aPayloadThatJsonCannotBeMadeOfIsRejectedOutOfFireWithAPlainSentence() {
        var rejected = catchThrowableOfType(RejectedException.class, () -> shop.lobby.fire(new Circle()));

        assertThat(rejected)
                .hasMessage("the payload " + Circle.class.getName() + " cannot be written as JSON")
                .hasCauseInstanceOf(jakarta.json.bind.JsonbException.class);
        assertThat(rejected.reason()).isEqualTo(RejectionReason.DATA_MALFORMED);
    }

    @Test
    void theHubsRejectionComesOutOfFire() {
        assertThatThrownBy(() -> shop.any.select(Topic.Literal.of("ended")).fire("x"))
                .isInstanceOf(RejectedException.class)
                .hasMessage("the topic 'ended' was ended");
    }

    @Test
    void nothingIsPublishedIfAnObserverOfTheApplicationThrows() {
        assertThatThrownBy(() -> shop.any.fire(new OrderChanged(Refuser.REFUSED)))
                .hasMessage("refused by the application");
        assertThat(hub.published()).isEmpty();
    }

    @Test
    void fireAsyncCompletesWhenTheEventIsPublished() {
        shop.shipped
                .fireAsync(new OrderShipped(42, "ups"))
                .toCompletableFuture()
                .join();
        shop.lobby.fireAsync("hello").toCompletableFuture().join();

        assertThat(hub.published())
                .isEqualTo(List.of("orders/42|shipped|{\"carrier\":\"ups\",\"orderId\":42}", "chat/lobby|-|hello"));
    }

    @Test
    void fireAsyncCompletesExceptionallyWithTheRejection() {
        var stage = shop.any.select(Topic.Literal.of("ended")).fireAsync("x").toCompletableFuture();

        assertThatThrownBy(stage::join).isInstanceOf(CompletionException.class).satisfies(failure -> assertThat(
                        List.of(failure.getSuppressed()))
                .anyMatch(RejectedException.class::isInstance));
    }

    @Dependent
    static class Shop {
        @Inject
        Event<OrderShipped> shipped;

        @Inject
        Event<Box<String>> boxes;

        @Inject
        Event<Object> any;

        @Inject
        @Topic("chat/lobby")
        Event<Object> lobby;

        @Inject
        @Topic("chat/lobby")
        Event<Map<String, Integer>> maps;
    }

    @Dependent
    static class Refuser {
        static final int REFUSED = 13;

        void refuse(@Observes OrderChanged event) {
            if (event.getId() == REFUSED) {
                throw new IllegalStateException("refused by the application");
            }
        }
    }

    /** The class. */
    @Streamed(topic = "orders/{orderId}", type = "shipped")
    public record OrderShipped(long orderId, String carrier) {}

    /** The class. */
    @Streamed(topic = "orders/{id}")
    public static class OrderChanged {
        private final int id;

        OrderChanged(int id) {
            this.id = id;
        }

        public int getId() {
            return id;
        }
    }

    /** Declared again. */
    @Streamed(topic = "express/{id}")
    public static class ExpressOrderChanged extends OrderChanged {
        ExpressOrderChanged(int id) {
            super(id);
        }
    }

    /** Not declared, and nothing that CDI has seen. */
    public static class SameDayOrderChanged extends ExpressOrderChanged {
        SameDayOrderChanged(int id) {
            super(id);
        }
    }

    /** Not declared. */
    public static class PlainOrderChanged extends OrderChanged {
        PlainOrderChanged(int id) {
            super(id);
        }
    }

    @Streamed(topic = "notes")
    record Note(String text) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** An interface. */
    @Streamed(topic = "alarms/{level}")
    public interface Alarm {
        String getLevel();
    }

    /** A class of it. */
    public static class FireAlarm implements Alarm {
        @Override
        public String getLevel() {
            return "red";
        }
    }

    /** Generic. */
    @Streamed(topic = "boxes")
    public record Box<T>(T content) {}

    /** Not streamed. */
    public static class Plain {
        public final int x = 1;
    }

    /** JSON has no form for it. */
    public static class Circle {
        public Circle getCircle() {
            return this;
        }
    }

    /** Without the check of {@link Topic.Literal}. */
    @SuppressWarnings("BadAnnotationImplementation") // AnnotationLiteral has the rest.
    private static final class MadeUpTopic extends jakarta.enterprise.util.AnnotationLiteral<Topic> implements Topic {
        private static final long serialVersionUID = 1L;

        private final String value;

        MadeUpTopic(String value) {
            this.value = value;
        }

        @Override
        public String value() {
            return value;
        }
    }
}
