package org.tidings.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;

/** The caller's faults. */
public class RejectedMapper implements ExceptionMapper<RejectedException> {
    private static final Logger LOG = System.getLogger(RejectedMapper.class.getName());
    private static final int RETRY_SECONDS = 1;

    @Override
    public Response toResponse(RejectedException rejection) {
        RejectionReason reason = rejection.reason();
        LOG.log(Level.DEBUG, () -> "Rejected, " + reason.slug() + ": " + rejection.getMessage());
        var response = Problem.of(reason.slug(), status(reason), rejection.getMessage());
        if (reason.retry()) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return response.build();
    }

    /** No default branch: a new reason does not compile until it has its status. */
    private static int status(RejectionReason reason) {
        return switch (reason) {
            case TOPIC_MISSING,
                    TOPIC_MALFORMED,
                    TOPIC_TOO_LONG,
                    TOPIC_RESERVED,
                    TOO_MANY_TOPICS,
                    TYPE_MALFORMED,
                    TYPE_TOO_LONG,
                    TYPE_RESERVED,
                    DATA_MALFORMED,
                    PARAMETER_MALFORMED -> 400;
            case PUBLISHING_FORBIDDEN, OPERATORS_ONLY -> 403;
            case CONNECTION_UNKNOWN -> 404;
            case TOPIC_ENDED -> 410;
            case DATA_TOO_LARGE -> 413;
            case OVERLOADED, STOPPING -> 503;
        };
    }
}
