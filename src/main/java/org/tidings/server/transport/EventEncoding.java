package org.tidings.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import org.glassfish.jersey.message.MessageBodyWorkers;
import org.tidings.wire.EventStreamEncoder;
import org.tidings.wire.Frame;
import org.tidings.wire.StreamBlock;

/** Encodes an application's event, its data with the {@link MessageBodyWriter} for the event's own media type. */
final class EventEncoding {
    private static final Annotation[] NO_ANNOTATIONS = {};

    private final MessageBodyWorkers workers;

    EventEncoding(MessageBodyWorkers workers) {
        this.workers = workers;
    }

    Frame encode(OutboundSseEvent event) throws IOException {
        return EventStreamEncoder.encode(new StreamBlock(
                Optional.ofNullable(event.getId()).map(EventEncoding::oneLine),
                Optional.ofNullable(event.getName()).map(EventEncoding::oneLine),
                data(event),
                event.isReconnectDelaySet()
                        ? Optional.of(Duration.ofMillis(event.getReconnectDelay()))
                        : Optional.empty(),
                Optional.ofNullable(event.getComment())));
    }

    /** Without what would end the field, or make a browser ignore it. */
    private static String oneLine(String value) {
        return value.replaceAll("[\\r\\n\\x00]", "");
    }

    private Optional<String> data(OutboundSseEvent event) throws IOException {
        if (event.getData() == null) {
            return Optional.empty();
        }
        MediaType media = Optional.ofNullable(event.getMediaType()).orElse(MediaType.TEXT_PLAIN_TYPE);
        String charset = media.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, UTF_8.name());
        var bytes = new ByteArrayOutputStream();
        write(event, event.getType(), media, bytes);
        return Optional.of(bytes.toString(Charset.forName(charset)));
    }

    @SuppressWarnings("unchecked") // the event's type is its data's class
    private <T> void write(OutboundSseEvent event, Class<T> type, MediaType media, ByteArrayOutputStream out)
            throws IOException {
        MessageBodyWriter<T> writer = workers.getMessageBodyWriter(type, event.getGenericType(), NO_ANNOTATIONS, media);
        if (writer == null) {
            throw new IOException("there is no MessageBodyWriter for " + type.getName() + " as " + media);
        }
        writer.writeTo(
                (T) event.getData(),
                type,
                event.getGenericType(),
                NO_ANNOTATIONS,
                media,
                new MultivaluedHashMap<>(),
                out);
    }
}
