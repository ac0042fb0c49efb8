package org.tidings.server;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.tidings.hub.EventHub;

@Path("hello")
public class GreetingResource {
    /** Lives as long as a request. */
    @RequestScoped
    public static class Guest {
        private String name = "nobody";

        public void is(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }
    }

    /** As JSON. */
    public record Greeting(String text, String base, boolean running) {}

    @Inject
    Guest guest;

    @Inject
    EventHub hub;

    @Context
    UriInfo uri;

    @GET
    @Path("{name}")
    @Produces(MediaType.APPLICATION_JSON)
    public Greeting greet(@PathParam("name") String name) {
        String before = guest.name();
        guest.is(name);
        return new Greeting(
                before + " was greeted before " + guest.name(), uri.getBaseUri().getPath(), hub.isRunning());
    }

    @GET
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(@Context SseEventSink sink, @Context Sse sse) {
        try (sink) {
            sink.send(sse.newEvent("hello"));
        }
    }
}
