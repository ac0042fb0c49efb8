package org.tidings.demo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;

/** Fires the demo's events. None of it is specific to Tidings: an application that was there before would look so. */
@Path("")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
public class DemoResource {
    private static final int MAX_NAME = 40;
    private static final int MAX_TEXT = 500;

    @Inject
    private Event<UserLoggedIn> loggedIn;

    @Inject
    private Event<MessageReceived> received;

    @Inject
    private Jobs jobs;

    /** Whether the demo is on, for its page: {@link DemoGate} has answered if it is not. */
    @GET
    @Path("sign-in")
    @Consumes(MediaType.WILDCARD)
    public void isOn() {}

    /** {@code {"name": "Ada"}}. */
    @POST
    @Path("sign-in")
    public void signIn(InputStream body) {
        loggedIn.fire(new UserLoggedIn(Form.read(body).text("name", MAX_NAME), Instant.now()));
    }

    /** {@code {"from": "Ada", "text": "Hello"}}. */
    @POST
    @Path("messages")
    public void receive(InputStream body) {
        Form form = Form.read(body);
        received.fire(new MessageReceived(form.text("from", MAX_NAME), form.text("text", MAX_TEXT), Instant.now()));
    }

    /** Starts a job and says which: {@code {"job": "<id>"}}. */
    @POST
    @Path("jobs")
    @Consumes(MediaType.WILDCARD)
    public Response startJob() {
        var job = Json.createObjectBuilder().add("job", jobs.start()).build();
        return Response.status(Response.Status.CREATED)
                .type(MediaType.APPLICATION_JSON)
                .entity(job.toString())
                .build();
    }
}
