package org.tidings.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidings.api.Event;
import org.tidings.api.EventId;
import org.tidings.api.EventType;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicName;
import org.tidings.api.TopicSelector;
import org.tidings.hub.Gap;
import org.tidings.hub.PollPage;

class PageRequestTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final PageRequest DEFAULTS = PageRequest.parse(null, null);

    @Test
    void withoutParametersAHundredEventsAreAskedForAndNotWaitedFor() {
        assertThat(DEFAULTS).isEqualTo(new PageRequest(100, Duration.ZERO));
    }

    @Test
    void theParametersReachTheirBounds() {
        assertThat(PageRequest.parse("1", "0")).isEqualTo(new PageRequest(1, Duration.ZERO));
        assertThat(PageRequest.parse("500", "60")).isEqualTo(new PageRequest(500, Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "0,-",
                "501,-",
                "-1,-",
                "'',-",
                "1.5,-",
                "99999999999999999999,-",
                "x,-",
                "-,61",
                "-,-1",
                "-,''",
                "-,1s"
            },
            nullValues = "-")
    void anythingElseIsRejected(String limit, String wait) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> PageRequest.parse(limit, wait))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.PARAMETER_MALFORMED));
    }

    @Test
    void aPageSaysAllOfItsEvents() {
        var plain = new Event(new EventId("e", 4), new TopicName("a"), Optional.empty(), "x\n\"<b>\u2028", NOON);
        var typed = new Event(new EventId("e", 5), new TopicName("b/c"), Optional.of(new EventType("t")), "", NOON);
        var page = new PollPage(List.of(plain, typed), new EventId("e", 5), true, Optional.empty());

        assertThat(DEFAULTS.answer(TopicSelector.parse(List.of("**")), "replay", page)
                        .getEntity())
                .isEqualTo("{\"events\":["
                        + "{\"id\":\"e-4\",\"topic\":\"a\",\"data\":\"x\\n\\\"<b>\u2028\",\"time\":\"2026-01-02T12:00:00Z\"},"
                        + "{\"id\":\"e-5\",\"topic\":\"b/c\",\"type\":\"t\",\"data\":\"\",\"time\":\"2026-01-02T12:00:00Z\"}],"
                        + "\"next\":\"e-5\",\"more\":true}");
    }

    @Test
    void aPageSaysWhatIsMissing() {
        var gap = new Gap(Gap.Reason.MALFORMED, "\"<x>", new EventId("e", 7));
        var page = new PollPage(List.of(), new EventId("e", 7), false, Optional.of(gap));

        assertThat(DEFAULTS.answer(TopicSelector.parse(List.of("a")), "replay", page)
                        .getEntity())
                .isEqualTo("{\"events\":[],\"next\":\"e-7\",\"more\":false,"
                        + "\"gap\":{\"reason\":\"malformed\",\"asked\":\"\\\"<x>\",\"resumed\":\"e-7\"}}");
    }

    @Test
    void theLinkAsksForTheNextPageInTheSameWay() {
        var page = new PollPage(List.of(), new EventId("e", 7), false, Optional.empty());
        TopicSelector topics = TopicSelector.parse(List.of("a/b c", "x/*", "ä>;&?#\""));
        Response answer = PageRequest.parse("7", "20").answer(topics, "replay", page);

        assertThat(answer.getHeaderString("Link"))
                .isEqualTo("<?topic=a%2Fb+c&topic=x%2F*&topic=%C3%A4%3E%3B%26%3F%23%22&after=e-7&limit=7&wait=20>;"
                        + " rel=\"next\"");
    }

    /** Who wants no replay behind a gap does not want it of a later page either. */
    @Test
    void theLinkOfWhoWantsNoReplayAsksForNone() {
        var page = new PollPage(List.of(), new EventId("e", 7), false, Optional.empty());
        Response answer = DEFAULTS.answer(TopicSelector.parse(List.of("a")), "live", page);

        assertThat(answer.getHeaderString("Link"))
                .isEqualTo("<?topic=a&after=e-7&gap=live&limit=100&wait=0>; rel=\"next\"");
    }
}
