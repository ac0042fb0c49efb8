package org.tidings.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;

/** What the demo takes from strangers. */
class FormTest {
    @Test
    void textComesWithoutTheSpaceAroundIt() {
        assertThat(name("{\"name\": \"  Ada \"}")).isEqualTo("Ada");
    }

    @Test
    void markupIsTextLikeAnyOther() {
        assertThat(name("{\"name\": \"<b>\\\"😀\"}")).isEqualTo("<b>\"😀");
    }

    @Test
    void textMayBeAsLongAsTheLimit() {
        assertThat(name("{\"name\": \"" + "a".repeat(40) + "\"}")).hasSize(40);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name=Ada",
                "[\"Ada\"]",
                "{\"name\": \"Ada\"",
                "{}",
                "{\"name\": null}",
                "{\"name\": 7}",
                "{\"name\": \" \\t \"}",
                "{\"name\": \"A\\nda\"}",
                "{\"name\": \"\\ud83d\"}",
                "{\"name\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}"
            })
    void anythingElseIsRejected(String body) {
        assertRejected(body);
    }

    @Test
    void bodyThatIsTooLargeIsRejectedBeforeItIsRead() {
        assertRejected("{\"name\": \"Ada\", \"padding\": \"" + "a".repeat(10_000) + "\"}");
    }

    @Test
    void bodyThatIsNestedWithoutEndIsRejected() {
        assertRejected("{\"a\":".repeat(1_300));
    }

    private static void assertRejected(String body) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> name(body))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.PARAMETER_MALFORMED));
    }

    private static String name(String body) {
        return Form.read(new ByteArrayInputStream(body.getBytes(UTF_8))).text("name", 40);
    }
}
