package org.tidings.server.transport;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.function.Function;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.jersey.server.AsyncContext;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;

/** Gives resource methods our sink where they ask for {@code @Context SseEventSink}, in front of Jersey's own. */
@Singleton
final class SinkProvider implements ValueParamProvider {
    private final GrizzlyTransport transport;
    private final Provider<Request> request;
    private final Provider<AsyncContext> async;

    @Inject
    SinkProvider(GrizzlyTransport transport, Provider<Request> request, Provider<AsyncContext> async) {
        this.transport = transport;
        this.request = request;
        this.async = async;
    }

    @Override
    public Function<ContainerRequest, SseEventSink> getValueProvider(Parameter parameter) {
        boolean ours = parameter.getRawType() == SseEventSink.class && parameter.isAnnotationPresent(Context.class);
        return ours ? jersey -> transport.sink(request.get(), jersey, async.get()) : null;
    }

    @Override
    public PriorityType getPriority() {
        return Priority.HIGH;
    }
}
