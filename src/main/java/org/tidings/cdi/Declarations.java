package org.tidings.cdi;

import jakarta.enterprise.inject.spi.DefinitionException;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tidings.api.EventType;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.Streamed;
import org.tidings.api.Topic;
import org.tidings.api.TopicName;

/**
 * What the application declares with {@link Streamed} and {@link Topic}, and all that is wrong with it. Filled by the
 * one thread that deploys; only read afterwards, by any.
 */
final class Declarations {
    private final Map<Class<?>, StreamedType> types = new LinkedHashMap<>();
    private final Set<String> problems = new LinkedHashSet<>();

    void add(Class<?> payload, Streamed declaration) {
        if (!types.containsKey(payload)) {
            types.put(payload, compile(payload, declaration));
        }
    }

    void check(Topic topic, Object injectionPoint) {
        try {
            TopicTemplate.requireNotReserved(new TopicName(topic.value()));
        } catch (RejectedException e) {
            problems.add("@Topic at %s: %s".formatted(injectionPoint, e.getMessage()));
        }
    }

    Collection<StreamedType> types() {
        return types.values();
    }

    /** The declaration that counts for a payload: its class's, else a superclass's, else an interface's. */
    Optional<StreamedType> nearest(Class<?> payload) {
        return lineage(payload).map(types::get).filter(Objects::nonNull).findFirst();
    }

    /** One exception for everything, so that it is mended in one go. */
    Optional<DefinitionException> failure() {
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        var failure = new DefinitionException(
                "Tidings cannot publish what the application declares:\n- " + String.join("\n- ", problems));
        // Weld makes it part of its message, where the sentences would drown in it. It leads nowhere but here.
        failure.setStackTrace(new StackTraceElement[0]);
        return Optional.of(failure);
    }

    private StreamedType compile(Class<?> payload, Streamed declaration) {
        String place =
                "%s is @Streamed(topic = \"%s\"), but ".formatted(payload.getName(), printable(declaration.topic()));
        if (!Modifier.isPublic(payload.getModifiers()) && !CharSequence.class.isAssignableFrom(payload)) {
            problems.add(place + "it is not public: JSON-B writes public classes only");
        }
        var topic = TopicTemplate.compile(declaration.topic(), payload, problem -> problems.add(place + problem));
        String type = declaration.type().isEmpty() ? payload.getSimpleName() : declaration.type();
        try {
            return new StreamedType(payload, topic, requireNotReserved(new EventType(type)));
        } catch (RejectedException e) {
            problems.add(place + e.getMessage());
            return new StreamedType(payload, topic, new EventType("unusable"));
        }
    }

    static EventType requireNotReserved(EventType type) {
        if (type.isReserved()) {
            throw new RejectedException(
                    RejectionReason.TYPE_RESERVED,
                    "the event type '" + type + "' begins with '$', which is for the hub's own");
        }
        return type;
    }

    /** The class, its superclasses from the nearest on, then their interfaces. */
    static Stream<Class<?>> lineage(Class<?> type) {
        return Stream.concat(superclasses(type), superclasses(type).flatMap(Declarations::interfaces));
    }

    private static Stream<Class<?>> superclasses(Class<?> type) {
        return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass);
    }

    private static Stream<Class<?>> interfaces(Class<?> type) {
        return Stream.of(type.getInterfaces()).flatMap(i -> Stream.concat(Stream.of(i), interfaces(i)));
    }

    /** A message stays one line. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cc}", "\uFFFD");
    }
}
