package org.tidings.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.SseBroadcaster;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;
import org.tidings.api.Streamed;
import org.tidings.api.Topic;

/** What is wrong with a declaration is told when the application starts. */
class DeploymentTest {
    private static final String NAME = DeploymentTest.class.getName();

    @Test
    void everythingThatIsWrongIsToldTogetherOneSentenceEach() {
        Throwable failure = catchThrowable(() -> CdiFixture.start(
                RecordingHub.class,
                Misspelt.class,
                Twice.class,
                Malformed.class,
                Reserved.class,
                ReservedType.class,
                Hidden.class,
                Wrong.class));

        assertThat(failure).isInstanceOf(DefinitionException.class);
        assertThat(failure.getMessage()).doesNotContain("\tat ");
        assertThat(failure.getMessage().lines())
                .filteredOn(line -> line.startsWith("- "))
                .hasSize(10)
                .contains(
                        "- " + NAME
                                + "$Misspelt is @Streamed(topic = \"orders/{id}\"), but the class has no property 'id';"
                                + " it has carrier, orderId",
                        "- " + NAME + "$Twice is @Streamed(topic = \"{a}/{b\"), but the class has no property 'a';"
                                + " it has x",
                        "- " + NAME + "$Twice is @Streamed(topic = \"{a}/{b\"), but the brace at position 5 has no"
                                + " partner",
                        "- " + NAME
                                + "$Malformed is @Streamed(topic = \"/orders\uFFFD\"), but the topic '/orders\uFFFD'"
                                + " has a control character at position 8",
                        "- " + NAME + "$Reserved is @Streamed(topic = \"$orders\"), but the topic '$orders' begins with"
                                + " '$', which is for the hub's own",
                        "- " + NAME + "$ReservedType is @Streamed(topic = \"orders\"), but the event type '$shipped'"
                                + " begins with '$', which is for the hub's own",
                        "- " + NAME + "$Hidden is @Streamed(topic = \"orders\"), but it is not public: JSON-B writes"
                                + " public classes only")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("- @Topic at ")
                        .contains("Wrong.events")
                        .endsWith("the topic 'a//b' has an empty segment: no slash at the ends, no two in a row"))
                .anySatisfy(line -> assertThat(line).contains("Wrong.own", "'$hello' begins with '$'"))
                .anySatisfy(line -> assertThat(line).contains("Wrong.broadcaster", "has a '*'"));
    }

    @Test
    void aTypeThatIsOnlyInjectedAsAnEventIsFoundAndChecked() {
        assertThat(catchThrowable(() -> CdiFixture.start(RecordingHub.class, Injecting.class)))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("$Misspelt is @Streamed");
    }

    @Test
    void aTypeThatIsOnlyInjectedAsAnEventIsPublished() {
        try (WeldContainer container = CdiFixture.start(RecordingHub.class, Undiscovered.class)) {
            container.select(Undiscovered.class).get().fire();

            assertThat(container.select(RecordingHub.class).get().published())
                    .containsExactly("base|Base|{}", "base|Base|{}", "base|Base|{}");
        }
    }

    @Test
    void streamedTypesAreNoBeans() {
        try (WeldContainer container = CdiFixture.start(RecordingHub.class, Base.class)) {
            assertThat(container.select(Base.class).isUnsatisfied()).isTrue();
        }
    }

    /** Wrong. */
    @Streamed(topic = "orders/{id}")
    public record Misspelt(long orderId, String carrier) {}

    /** Wrong. */
    @Streamed(topic = "{a}/{b")
    public record Twice(int x) {}

    /** Wrong. */
    @Streamed(topic = "/orders\n")
    public static class Malformed {}

    /** Wrong. */
    @Streamed(topic = "$orders")
    public static class Reserved {}

    /** Wrong. */
    @Streamed(topic = "orders", type = "$shipped")
    public static class ReservedType {}

    @Streamed(topic = "orders")
    record Hidden(int x) {}

    @Dependent
    static class Wrong {
        @Inject
        @Topic("a//b")
        Event<Object> events;

        @Inject
        @Topic("$hello")
        Event<Object> own;

        @Inject
        @Topic("chat/*")
        SseBroadcaster broadcaster;
    }

    @Dependent
    static class Injecting {
        @Inject
        Event<Misspelt> misspelt;
    }

    /** Right. */
    @Streamed(topic = "base")
    public static class Base {}

    /** Of its superclass's declaration. */
    public static class Derived extends Base {}

    @Dependent
    static class Undiscovered {
        @Inject
        Event<Derived> derived;

        void fire() {
            derived.fire(new Derived());
            derived.select().fire(new Derived());
            derived.select(Derived.class)
                    .fireAsync(new Derived())
                    .toCompletableFuture()
                    .join();
        }
    }
}
