package org.tidings.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.time.Duration;
import org.tidings.api.Event;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicSelector;
import org.tidings.hub.Gap;
import org.tidings.hub.PollPage;

/**
 * How a page of events is asked for, and so how it is answered.
 *
 * @param limit how many events at most
 * @param patience how long to wait for the first
 */
record PageRequest(int limit, Duration patience) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 500;
    private static final int MAX_WAIT_SECONDS = 60;

    /**
     * Reads the parameters; {@code null} stands for one that is not there. As texts, because one that is not a number
     * would be a 404 if the runtime read it.
     *
     * @throws RejectedException if one is not a whole number in its range
     */
    static PageRequest parse(String limit, String wait) {
        int seconds = number("wait", wait, 0, 0, MAX_WAIT_SECONDS);
        return new PageRequest(number("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT), Duration.ofSeconds(seconds));
    }

    /**
     * The page as JSON, with a link to the next one.
     *
     * @param gap as in {@link SubscribeCall}
     */
    Response answer(TopicSelector topics, String gap, PollPage page) {
        JsonArrayBuilder events = Json.createArrayBuilder();
        page.events().forEach(event -> events.add(json(event)));
        JsonObjectBuilder body = Json.createObjectBuilder()
                .add("events", events)
                .add("next", page.next().toString())
                .add("more", page.more());
        page.gap().ifPresent(missing -> body.add("gap", json(missing)));
        return Response.ok(body.build().toString(), MediaType.APPLICATION_JSON)
                .header(HttpHeaders.LINK, next(topics, gap, page))
                .build();
    }

    /** A query alone: it holds behind any proxy, whatever it makes of the path. */
    private String next(TopicSelector topics, String gap, PollPage page) {
        var link = new StringBuilder("<?");
        for (TopicMatcher matcher : topics.matchers()) {
            link.append("topic=")
                    .append(URLEncoder.encode(matcher.value(), UTF_8))
                    .append('&');
        }
        link.append("after=").append(page.next());
        if (!gap.equals(SubscribeCall.REPLAY)) {
            link.append("&gap=").append(gap);
        }
        return link.append("&limit=")
                .append(limit)
                .append("&wait=")
                .append(patience.toSeconds())
                .append(">; rel=\"next\"")
                .toString();
    }

    private static JsonObjectBuilder json(Event event) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", event.id().toString())
                .add("topic", event.topic().value());
        event.type().ifPresent(type -> json.add("type", type.value()));
        return json.add("data", event.data()).add("time", event.time().toString());
    }

    private static JsonObjectBuilder json(Gap gap) {
        return Json.createObjectBuilder()
                .add("reason", gap.reason().slug())
                .add("asked", gap.asked())
                .add("resumed", gap.resumed().toString());
    }

    private static int number(String name, String text, int otherwise, int least, int most) {
        if (text == null) {
            return otherwise;
        }
        // Nine digits at most: no overflow.
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new RejectedException(
                RejectionReason.PARAMETER_MALFORMED,
                "the parameter '%s' is a whole number from %d to %d".formatted(name, least, most));
    }
}
