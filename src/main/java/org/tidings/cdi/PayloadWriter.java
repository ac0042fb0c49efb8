package org.tidings.cdi;

import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.ws.rs.core.MediaType;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.tidings.api.EventType;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;

/** Writes payloads as text: a {@code CharSequence} is text already, everything else becomes JSON. Any thread. */
final class PayloadWriter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PayloadWriter.class.getName());

    private final Jsonb jsonb =
            JsonbBuilder.create(new JsonbConfig().withPropertyVisibilityStrategy(new RecordComponents()));

    /** @throws RejectedException if JSON-B cannot write the payload; its cause says why */
    String write(Object payload) {
        if (payload instanceof CharSequence text) {
            return text.toString();
        }
        try {
            return jsonb.toJson(payload);
        } catch (RuntimeException e) {
            var rejected = new RejectedException(
                    RejectionReason.DATA_MALFORMED,
                    "the payload %s cannot be written as JSON"
                            .formatted(payload.getClass().getName()));
            rejected.initCause(e);
            throw rejected;
        }
    }

    /**
     * Writes data as the platform's message body writers would: text and numbers as they are, anything as JSON.
     *
     * @param media {@code null} means plain text
     * @throws RejectedException also if the data has no form of this media type here
     */
    String write(Object data, MediaType media) {
        String subtype = media == null ? "plain" : media.getSubtype();
        if (subtype.equals("json") || subtype.endsWith("+json")) {
            return write(data);
        }
        if (data instanceof CharSequence
                || data instanceof Number
                || data instanceof Boolean
                || data instanceof Character) {
            return data.toString();
        }
        throw new RejectedException(
                RejectionReason.DATA_MALFORMED,
                "data of the class %s cannot be sent as text; give it the media type application/json"
                        .formatted(data.getClass().getName()));
    }

    /**
     * The simple name of the payload's class, as an event type; none for text, and for what the platform brings: the
     * class of {@code Map.of()} or of a {@code JsonObject} is an accident of its implementation.
     */
    static Optional<EventType> typeOf(Object payload) {
        Class<?> type = payload.getClass();
        boolean nameless = payload instanceof CharSequence
                || payload instanceof JsonValue
                || type.isArray()
                || type.getName().startsWith("java.");
        // An anonymous class has no name either.
        return nameless || type.getSimpleName().isEmpty()
                ? Optional.empty()
                : Optional.of(new EventType(type.getSimpleName()));
    }

    @Override
    public void close() {
        try {
            jsonb.close();
        } catch (Exception e) {
            LOG.log(Level.ERROR, "JSON-B could not be closed", e);
        }
    }
}
