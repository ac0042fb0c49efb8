package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.testkit.HubClient.json;

import jakarta.json.JsonObject;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tidings.arquillian.TidingsWar;
import org.tidings.testkit.HubClient;

/** docs/protocol.md, "Polling". */
@ExtendWith(ArquillianExtension.class)
class PollIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return TidingsWar.unchanged();
    }

    @ArquillianResource
    private HubClient hub;

    @Test
    void aPageHasTheEventsOfTheStreamWithTheSameIds() {
        String id = hub.published("topic=page/a&type=t", "data");

        var answer = hub.poll("topic=page/*&after=earliest");

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
            hub.published("topic=pages/%C3%A4+b", data);
        }

        var first = hub.poll("topic=pages/%C3%A4+b&after=earliest&limit=2");
        assertThat(data(json(first))).containsExactly("1", "2");
        assertThat(json(first).getBoolean("more")).isTrue();

        String link = first.headers().firstValue("Link").orElseThrow();
        assertThat(link).endsWith(">; rel=\"next\"");
        var second = hub.send(
                hub.request("hub/events" + link.substring(1, link.indexOf('>'))).header("Accept", "application/json"));

        assertThat(data(json(second))).containsExactly("3");
        assertThat(json(second).getBoolean("more")).isFalse();
    }

    @Test
    void withoutAPositionAPageIsEmptyAndSaysWhereToBegin() {
        hub.published("topic=now", "before");

        JsonObject page = json(hub.poll("topic=now"));
        assertThat(page.getJsonArray("events")).isEmpty();

        hub.published("topic=now", "after");
        assertThat(data(json(hub.poll("topic=now&after=" + page.getString("next")))))
                .containsExactly("after");
    }

    @Test
    void aPositionThatIsNoneIsToldByAGap() {
        hub.published("topic=gap", "a");

        JsonObject page = json(hub.poll("topic=gap&after=nonsense"));

        assertThat(page.getJsonObject("gap").getString("reason")).isEqualTo("malformed");
        assertThat(page.getJsonObject("gap").getString("asked")).isEqualTo("nonsense");
        assertThat(data(page)).containsExactly("a");
    }

    @Test
    void aLongPollIsAnsweredByTheNextEvent() {
        String cursor = json(hub.poll("topic=long")).getString("next");
        var waiting = hub.sendAsync(
                hub.request("hub/events?topic=long&wait=60&after=" + cursor).header("Accept", "application/json"));

        hub.published("topic=long", "worth waiting for");

        assertThat(data(json(waiting.join()))).containsExactly("worth waiting for");
    }

    @Test
    void aLongPollThatHearsNothingIsAnEmptyPage() {
        JsonObject page = json(hub.poll("topic=silent&wait=1"));

        assertThat(page.getJsonArray("events")).isEmpty();
        assertThat(page.getString("next")).isNotEmpty();
    }

    @Test
    void anEndedTopicIsOver() {
        hub.published("topic=ended", "last");
        hub.end("ended");

        JsonObject page = json(hub.poll("topic=ended&after=earliest"));
        assertThat(page.getJsonArray("events").getJsonObject(1).getString("type"))
                .isEqualTo("$end");
        var over = hub.poll("topic=ended&after=" + page.getString("next"));
        assertThat(over.statusCode()).isEqualTo(204);
        assertThat(over.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    private static List<String> data(JsonObject page) {
        return page.getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .map(event -> event.getString("data"))
                .toList();
    }
}
