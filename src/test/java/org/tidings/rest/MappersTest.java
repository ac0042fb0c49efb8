package org.tidings.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidings.api.EventLogException;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.testkit.PageTable;

class MappersTest {
    @ParameterizedTest
    @EnumSource(RejectionReason.class)
    void everyRejectionIsAProblemWithItsSlugAndTellsWhetherToComeBack(RejectionReason reason) {
        Response response = new RejectedMapper().toResponse(new RejectedException(reason, "because \"<script>"));

        JsonObject problem = problem(response);
        assertThat(problem.getString("type")).isEqualTo("urn:tidings:problem:" + reason.slug());
        assertThat(problem.getInt("status")).isEqualTo(response.getStatus()).isBetween(400, 503);
        assertThat(problem.getString("detail")).isEqualTo("because \"<script>");
        assertThat(response.getHeaderString("Retry-After") != null)
                .as("Retry-After")
                .isEqualTo(reason.retry());
    }

    @ParameterizedTest
    @CsvSource({
        "TOPIC_MISSING, 400, Topic missing",
        "PUBLISHING_FORBIDDEN, 403, Publishing forbidden",
        "CONNECTION_UNKNOWN, 404, Connection unknown",
        "TOPIC_ENDED, 410, Topic ended",
        "DATA_TOO_LARGE, 413, Data too large",
        "OVERLOADED, 503, Overloaded",
    })
    void theStatusSaysWhoseFaultItIs(RejectionReason reason, int status, String title) {
        Response response = new RejectedMapper().toResponse(new RejectedException(reason, "x"));

        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(problem(response).getString("title")).isEqualTo(title);
    }

    @Test
    void everyReasonStandsInTheProtocolWithItsStatus() {
        var problems = Stream.concat(
                        Stream.of(RejectionReason.values())
                                .map(reason -> new RejectedMapper().toResponse(new RejectedException(reason, "x"))),
                        Stream.of(new EventLogMapper().toResponse(new EventLogException("x"))))
                .toList();

        for (Response response : problems) {
            String slug = problem(response).getString("type").replace("urn:tidings:problem:", "");
            assertThat(table().names(Integer.toString(response.getStatus())))
                    .as("%d", response.getStatus())
                    .contains(slug);
        }
        assertThat(table().names()).hasSameSizeAs(problems);
    }

    private static PageTable table() {
        return PageTable.headed("protocol.md", "slug");
    }

    @Test
    void aFailingLogIsOurFaultAndMayBeGoneSoon() {
        Response response = new EventLogMapper()
                .toResponse(new EventLogException("the disk is full", new IOException("/var/secret")));

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeaderString("Retry-After")).isNotBlank();
        assertThat(problem(response).getString("detail")).isEqualTo("the disk is full; nothing was done");
        assertThat(problem(response).toString()).doesNotContain("secret");
    }

    @Test
    void aFailureThatNobodyExpectedTellsNothing() {
        Response response = new FailureMapper().toResponse(new IllegalArgumentException("password=x"));

        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(problem(response).toString()).doesNotContain("password").doesNotContain("Exception");
    }

    @Test
    void aRequestThatBreaksOffIsNotOurFailure() {
        Response response = new FailureMapper().toResponse(new UncheckedIOException(new IOException("reset")));

        assertThat(response.getStatus()).isEqualTo(400);
    }

    @Test
    void whatTheRuntimeTurnsDownIsAProblemWithoutTheRequestsWords() {
        Response response = new WebApplicationMapper().toResponse(new NotFoundException("no /<b>secret"));

        assertThat(response.getStatus()).isEqualTo(404);
        assertThat(problem(response).getString("type")).isEqualTo("urn:tidings:problem:not-found");
        assertThat(problem(response).toString()).doesNotContain("secret");
    }

    @Test
    void theHeadersThatHelpAreKept() {
        Response notAllowed =
                new WebApplicationMapper().toResponse(new NotAllowedException("GET", new String[] {"HEAD"}));
        Response later = new WebApplicationMapper().toResponse(new ServiceUnavailableException(7L));

        assertThat(problem(notAllowed).getString("type")).isEqualTo("urn:tidings:problem:method-not-allowed");
        assertThat(notAllowed.getHeaderString("Allow")).contains("GET").contains("HEAD");
        assertThat(later.getHeaderString("Retry-After")).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource({"200", "204", "302", "304"})
    void whatIsNotAnErrorPassesThrough(int status) {
        Response answer = Response.status(status).build();

        assertThat(new WebApplicationMapper().toResponse(new WebApplicationException(answer)))
                .isSameAs(answer);
    }

    @Test
    void anErrorWithItsOwnWordsPassesThrough() {
        Response answer = Response.status(422).entity("mine").build();

        assertThat(new WebApplicationMapper().toResponse(new WebApplicationException(answer)))
                .isSameAs(answer);
    }

    private static JsonObject problem(Response response) {
        assertThat(response.getMediaType().toString()).isEqualTo("application/problem+json");
        try (var reader = Json.createReader(new StringReader((String) response.getEntity()))) {
            return reader.readObject();
        }
    }
}
