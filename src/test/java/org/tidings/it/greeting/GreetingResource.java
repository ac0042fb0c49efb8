package org.tidings.it.greeting;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.tidings.api.Hub;

/** Greets, and streams who was greeted. */
@Path("hello")
public class GreetingResource {
    @Inject
    private Guest guest;

    @Inject
    private Hub hub;

    @Context
    private UriInfo uri;

    /** Greets. */
    @POST
    @Path("{name}")
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, String> greet(@PathParam("name") String name) {
        String before = guest.name();
        guest.is(name);
        hub.publish("greetings", name);
        return new TreeMap<>(Map.of(
                "before", before, "now", guest.name(), "base", uri.getBaseUri().getPath()));
    }

    /** Who was greeted. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void greetings(@Context SseEventSink sink, @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String after) {
        hub.connect(sink)
                .topics("greetings")
                .after(Objects.requireNonNullElse(after, "earliest"))
                .open();
    }
}
