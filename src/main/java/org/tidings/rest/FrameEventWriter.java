package org.tidings.rest;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Gives runtimes that look for a writer of the event's own class (Jersey) the bytes that were encoded once for all. */
@Produces(MediaType.SERVER_SENT_EVENTS)
public class FrameEventWriter implements MessageBodyWriter<FrameEvent> {
    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == FrameEvent.class;
    }

    @Override
    public void writeTo(
            FrameEvent event,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        event.writeTo(out);
    }
}
