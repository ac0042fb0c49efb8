package org.tidings.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.api.Rejections.assertRejected;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {
    private static final int LIMIT = 262_144;

    /** Characters of one, two, three and four bytes; the rest up to the limit is of one. */
    @ParameterizedTest
    @CsvSource({"x, 1", "\u00e9, 2", "\u07ff, 2", "\u0800, 3", "\u20ac, 3", "\uffff, 3", "\ud83d\ude00, 4"})
    void theLimitIsInBytes(String character, int bytes) {
        String full = character.repeat(LIMIT / bytes) + "x".repeat(LIMIT % bytes);

        assertThat(Publication.of("a", full).data()).isEqualTo(full);
        assertRejected(RejectionReason.DATA_TOO_LARGE, () -> Publication.of("a", full + "x"));
        assertRejected(RejectionReason.DATA_TOO_LARGE, () -> Publication.of("a", "x" + full));
    }

    @Test
    void theLimitIsWhatTheConstantSays() {
        assertThat(Publication.MAX_DATA_BYTES).isEqualTo(LIMIT);
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"", " ", "\r\n", "a\0b", "\ufeff", "\u2028", "\ud83d\ude00"})
    void anyTextIsTaken(String data) {
        assertThat(Publication.of("a", data).data()).isEqualTo(data);
    }

    /** As UTF-8 it would arrive as a question mark: another text than was published. */
    @ParameterizedTest(name = "{index}")
    @ValueSource(chars = {'\ud83d', '\ude00'})
    void halfOfASurrogatePairIsRefused(char half) {
        assertRejected(RejectionReason.DATA_MALFORMED, () -> Publication.of("a", half + "x"));
        assertRejected(RejectionReason.DATA_MALFORMED, () -> Publication.of("a", "x" + half));
        assertRejected(RejectionReason.DATA_MALFORMED, () -> Publication.of("a", "\ud83d\ude00" + half));
        assertRejected(RejectionReason.DATA_MALFORMED, () -> Publication.of("a", half + "\ud83d\ude00"));
    }

    @Test
    void theTypeMayBeLeftOut() {
        assertThat(Publication.of("a", "x").type()).isEmpty();
        assertThat(Publication.of("a", "added", "x").type()).contains(new EventType("added"));
    }

    @Test
    void topicAndTypeAreChecked() {
        assertRejected(RejectionReason.TOPIC_MALFORMED, () -> Publication.of("a//b", "x"));
        assertRejected(RejectionReason.TYPE_MALFORMED, () -> Publication.of("a", "", "x"));
    }

    /** The hub refuses what is reserved; a publication can be built of it, because the hub does so itself. */
    @Test
    void whatIsTheHubsOwnCanBeBuilt() {
        assertThat(new Publication(new TopicName("a"), Optional.of(new EventType("$end")), "").type())
                .map(EventType::isReserved)
                .contains(true);
    }
}
