package org.tidings.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Everything that nobody expected: the log has it in full, the caller hears only that it was not the caller's fault.
 */
public class FailureMapper implements ExceptionMapper<RuntimeException> {
    private static final Logger LOG = System.getLogger(FailureMapper.class.getName());

    @Override
    public Response toResponse(RuntimeException failure) {
        if (failure instanceof UncheckedIOException) {
            // The client went in the middle of its request: nobody will read this.
            LOG.log(Level.DEBUG, "A request broke off", failure);
            return Problem.of("bad-request", 400, "the request broke off").build();
        }
        LOG.log(Level.ERROR, "A request failed; it was answered with 500", failure);
        return Problem.of("internal-error", 500, "the server failed; its log says why")
                .build();
    }
}
