package org.tidings.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.tidings.api.EventLogException;

/** The log's faults: ours, and perhaps gone when the caller comes back. */
public class EventLogMapper implements ExceptionMapper<EventLogException> {
    private static final Logger LOG = System.getLogger(EventLogMapper.class.getName());
    private static final int RETRY_SECONDS = 10;

    @Override
    public Response toResponse(EventLogException failure) {
        LOG.log(Level.ERROR, "The event log failed; the request was answered with 503", failure);
        return Problem.of("log-unavailable", 503, "the event log cannot do its work now; nothing was done")
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }
}
