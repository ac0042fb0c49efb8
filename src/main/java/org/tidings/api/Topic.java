package org.tidings.api;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Qualifies a CDI {@code Event} whose payloads are published to one topic, or an {@code SseBroadcaster} of that topic.
 *
 * <pre>{@code
 * @Inject @Topic("chat/lobby") Event<Object> lobby;        // lobby.fire(anything) reaches the topic's subscribers
 * @Inject @Topic("chat/lobby") SseBroadcaster broadcaster; // the Jakarta REST interface, with replay
 * }</pre>
 *
 * <p>The topic does not take part in CDI's resolution: an observer of {@code @Observes @Topic("a") Object} hears the
 * events of every topic.
 *
 * @since 0.1
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({FIELD, PARAMETER, METHOD, TYPE})
public @interface Topic {
    /**
     * The topic; see {@link TopicName} for what it may be. A malformed one at an injection point stops the deployment.
     */
    @Nonbinding
    String value();

    /** For {@code event.select(Topic.Literal.of("chat/lobby"))}. */
    final class Literal extends AnnotationLiteral<Topic> implements Topic {
        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** @throws RejectedException if the text is not a topic */
        public static Literal of(String topic) {
            return new Literal(new TopicName(topic).value());
        }

        @Override
        public String value() {
            return value;
        }
    }
}
