package org.tidings.cdi;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tidings.api.EventType;
import org.tidings.api.Streamed;
import org.tidings.api.Topic;
import org.tidings.api.TopicName;

/**
 * Gives each {@link Streamed} type, and the qualifier {@link Topic}, an observer that publishes. What is declared
 * wrongly stops the deployment, all of it in one message.
 */
public class StreamedExtension implements Extension {
    private final Declarations declarations = new Declarations();
    // Set at the end of the deployment by its thread, before an event can be fired.
    private PayloadWriter payloads;
    private EventPublisher publisher;

    /** They are data: CDI need not know them as beans. */
    <T> void discovered(@Observes @WithAnnotations(Streamed.class) ProcessAnnotatedType<T> event) {
        Streamed declaration = event.getAnnotatedType().getAnnotation(Streamed.class);
        if (declaration != null) {
            declarations.add(event.getAnnotatedType().getJavaClass(), declaration);
            event.veto();
        }
    }

    /** The second net: types in archives in which CDI discovers nothing. */
    <T, X> void injected(@Observes ProcessInjectionPoint<T, X> event) {
        InjectionPoint point = event.getInjectionPoint();
        topics(point.getQualifiers()).forEach(topic -> declarations.check(topic, point));
        eventType(point.getType()).stream()
                .flatMap(Declarations::lineage)
                .filter(type -> type.isAnnotationPresent(Streamed.class))
                .forEach(type -> declarations.add(type, type.getAnnotation(Streamed.class)));
    }

    void observe(@Observes AfterBeanDiscovery event) {
        declarations.failure().ifPresent(event::addDefinitionError);
        for (StreamedType type : declarations.types()) {
            observe(event, type.payload(), Set.of(), (fired, transactional) -> streamed(type, fired, transactional));
        }
        // The value does not count for CDI, so this hears the events of every topic.
        observe(event, Object.class, Set.of(Topic.Literal.of("any")), this::addressed);
    }

    void start(@Observes AfterDeploymentValidation event, BeanManager beans) {
        payloads = new PayloadWriter();
        publisher = new EventPublisher(payloads, afterCommit -> Transactions.of(beans, afterCommit));
    }

    /** Also follows a deployment that failed before its end. */
    void stop(@Observes BeforeShutdown event) {
        if (payloads != null) {
            payloads.close();
        }
    }

    /** The one writer of payloads of the application. */
    PayloadWriter payloads() {
        return payloads;
    }

    static Stream<Topic> topics(Set<Annotation> qualifiers) {
        return qualifiers.stream().filter(Topic.class::isInstance).map(Topic.class::cast);
    }

    private static void observe(
            AfterBeanDiscovery event, Class<?> payload, Set<Annotation> qualifiers, Publishing publishing) {
        event.addObserverMethod(
                new PublishingObserver(payload, qualifiers, false, fired -> publishing.heard(fired, true)));
        event.addObserverMethod(
                new PublishingObserver(payload, qualifiers, true, fired -> publishing.heard(fired, false)));
    }

    /** Of several declarations that a payload has, the nearest publishes; a topic given at firing replaces it. */
    private void streamed(StreamedType type, EventContext<?> fired, boolean transactional) {
        Object payload = fired.getEvent();
        boolean ours =
                declarations.nearest(payload.getClass()).filter(type::equals).isPresent();
        if (ours && topics(fired.getMetadata().getQualifiers()).findAny().isEmpty()) {
            publisher.publish(type.topic().expand(payload), Optional.of(type.type()), payload, transactional);
        }
    }

    private void addressed(EventContext<?> fired, boolean transactional) {
        Object payload = fired.getEvent();
        Optional<EventType> type = declarations
                .nearest(payload.getClass())
                .map(StreamedType::type)
                .or(() -> PayloadWriter.typeOf(payload));
        topics(fired.getMetadata().getQualifiers())
                .forEach(topic -> publisher.publish(new TopicName(topic.value()), type, payload, transactional));
    }

    /** {@code X} of a wanted {@code Event<X>}. */
    private static Optional<Class<?>> eventType(Type wanted) {
        if (wanted instanceof ParameterizedType type && type.getRawType() == Event.class) {
            return raw(type.getActualTypeArguments()[0]);
        }
        return Optional.empty();
    }

    private static Optional<Class<?>> raw(Type type) {
        if (type instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        }
        return type instanceof Class<?> plain ? Optional.of(plain) : Optional.empty();
    }

    private interface Publishing {
        void heard(EventContext<?> fired, boolean transactional);
    }
}
