package org.tidings.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.List;
import java.util.Locale;

/** What the Jakarta REST runtime turns down: no such address, method or media type. Its headers are kept. */
public class WebApplicationMapper implements ExceptionMapper<WebApplicationException> {
    private static final List<String> KEPT =
            List.of(HttpHeaders.ALLOW, HttpHeaders.RETRY_AFTER, HttpHeaders.WWW_AUTHENTICATE, "Accept-Patch");

    @Override
    public Response toResponse(WebApplicationException exception) {
        Response response = exception.getResponse();
        Status status = Status.fromStatusCode(response.getStatus());
        if (response.getStatus() < 400 || response.hasEntity() || status == null) {
            return response;
        }
        // Not the exception's message: it may quote the request, or tell about the inside.
        var answer = Problem.of(slug(status), status.getStatusCode(), detail(status));
        KEPT.forEach(header -> answer.header(header, response.getHeaderString(header)));
        return answer.build();
    }

    private static String slug(Status status) {
        return status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static String detail(Status status) {
        return switch (status) {
            case BAD_REQUEST -> "the request is malformed";
            case NOT_FOUND -> "there is nothing at this address";
            case METHOD_NOT_ALLOWED -> "the method is not allowed here; the header Allow says which are";
            case NOT_ACCEPTABLE -> "nothing that the header Accept allows is to be had here";
            case REQUEST_TIMEOUT -> "the body took too long to come";
            case UNSUPPORTED_MEDIA_TYPE -> "the body's Content-Type is not understood here";
            default -> "the request cannot be answered: " + status.getReasonPhrase();
        };
    }
}
