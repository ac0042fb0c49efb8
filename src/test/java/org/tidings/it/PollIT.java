package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.ServerFixture.json;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** docs/protocol.md, "Polling". */
class PollIT {
    @RegisterExtension
    static final ServerFixture SERVER = new ServerFixture(Map.of());

    @Test
    void aPageHasTheEventsOfTheStreamWithTheSameIds() {
        String id = SERVER.published("topic=page/a&type=t", "data");

        var answer = SERVER.poll("topic=page/*&after=earliest");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        JsonObject event = json(answer).getJsonArray("events").getJsonObject(0);
        assertThat(event.getString("id")).isEqualTo(id);
        assertThat(event.getString("topic")).isEqualTo("page/a");
        assertThat(event.getString("type")).isEqualTo("t");
        assertThat(event.getString("data")).isEqualTo("data");
        assertThat(event.getString("time")).endsWith("Z");
    }

    @Test
    void theLinkLeadsFromPageToPage() {
        for (String data : List.of("1", "2", "3")) {
            SERVER.published("topic=pages/%C3%A4+b", data);
        }

        var first = SERVER.poll("topic=pages/%C3%A4+b&after=earliest&limit=2");
        assertThat(data(json(first))).containsExactly("1", "2");
        assertThat(json(first).getBoolean("more")).isTrue();

        String link = first.headers().firstValue("Link").orElseThrow();
        assertThat(link).endsWith(">; rel=\"next\"");
        URI next = first.uri().resolve("/hub/events" + link.substring(1, link.indexOf('>')));
        var second = SERVER.send(SERVER.request(next.toString()).header("Accept", "application/json"));

        assertThat(data(json(second))).containsExactly("3");
        assertThat(json(second).getBoolean("more")).isFalse();
    }

    @Test
    void withoutAPositionAPageIsEmptyAndSaysWhereToBegin() {
        SERVER.published("topic=now", "before");

        JsonObject page = json(SERVER.poll("topic=now"));
        assertThat(page.getJsonArray("events")).isEmpty();

        SERVER.published("topic=now", "after");
        assertThat(data(json(SERVER.poll("topic=now&after=" + page.getString("next")))))
                .containsExactly("after");
    }

    @Test
    void aPositionThatIsNoneIsToldByAGap() {
        SERVER.published("topic=gap", "a");

        JsonObject page = json(SERVER.poll("topic=gap&after=nonsense"));

        assertThat(page.getJsonObject("gap").getString("reason")).isEqualTo("malformed");
        assertThat(page.getJsonObject("gap").getString("asked")).isEqualTo("nonsense");
        assertThat(data(page)).containsExactly("a");
    }

    @Test
    void aLongPollIsAnsweredByTheNextEvent() {
        String cursor = json(SERVER.poll("topic=long")).getString("next");
        var waiting = SERVER.sendAsync(
                SERVER.request("hub/events?topic=long&wait=60&after=" + cursor).header("Accept", "application/json"));

        SERVER.published("topic=long", "worth waiting for");

        assertThat(data(json(waiting.join()))).containsExactly("worth waiting for");
    }

    @Test
    void aLongPollThatHearsNothingIsAnEmptyPage() {
        JsonObject page = json(SERVER.poll("topic=silent&wait=1"));

        assertThat(page.getJsonArray("events")).isEmpty();
        assertThat(page.getString("next")).isNotEmpty();
    }

    @Test
    void anEndedTopicIsOver() {
        SERVER.published("topic=ended", "last");
        SERVER.end("ended");

        JsonObject page = json(SERVER.poll("topic=ended&after=earliest"));
        assertThat(page.getJsonArray("events").getJsonObject(1).getString("type"))
                .isEqualTo("$end");
        var over = SERVER.poll("topic=ended&after=" + page.getString("next"));
        assertThat(over.statusCode()).isEqualTo(204);
        assertThat(over.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    private static List<String> data(JsonObject page) {
        return page.getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .map(event -> event.getString("data"))
                .toList();
    }
}
