package org.tidings.rest;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** A {@link SubscribeCall}, filled by the Jakarta REST runtime. */
public class SubscribeRequest {
    @QueryParam("topic")
    private List<String> topics = List.of();

    @QueryParam("after")
    @DefaultValue("")
    private String after = "";

    @QueryParam("gap")
    @DefaultValue(SubscribeCall.REPLAY)
    private String gap = SubscribeCall.REPLAY;

    @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER)
    @DefaultValue("")
    private String lastEventId = "";

    @Context
    private HttpHeaders headers;

    @Context
    private UriInfo uri;

    SubscribeCall call() {
        return new SubscribeCall(Callers.of(uri, headers), topics, after, gap, lastEventId);
    }
}
