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
        LOG.log(Level.DEBUG, "The request is answered with 503", failure); // the hub tells the operator, once for all
        return Problem.of("log-unavailable", 503, failure.getMessage() + "; nothing was done")
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }
}
