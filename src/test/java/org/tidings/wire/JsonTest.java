package org.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonTest {
    @Property
    void aParserReadsWhatWasWritten(@ForAll("texts") String text) {
        assertThat(parsed(written(text))).isEqualTo(text);
    }

    /** Half of a surrogate pair has no form in UTF-8, but one in JSON. */
    @Property
    void halfOfASurrogatePairSurvives(@ForAll("halves") char half) {
        assertThat(parsed(written("a" + half + "b"))).isEqualTo("a" + half + "b");
    }

    /** What stands in one data line must not break it, nor a script that it is pasted into. */
    @Property
    void theJsonIsOneLineOfPrintableText(@ForAll("texts") String text) {
        assertThat(written(text)).doesNotContainPattern("[\\x00-\\x1f\\x7f\\u2028\\u2029]");
    }

    @Example
    void aQuoteAndABackslashAreEscaped() {
        assertThat(written("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
    }

    @Provide
    Arbitrary<String> texts() {
        return StreamTexts.texts();
    }

    @Provide
    Arbitrary<Character> halves() {
        return Arbitraries.chars().range(Character.MIN_SURROGATE, Character.MAX_SURROGATE);
    }

    private static String written(String text) {
        var json = new StringBuilder();
        Json.append(json, text);
        return json.toString();
    }

    private static String parsed(String json) {
        try (var reader = jakarta.json.Json.createReader(new StringReader("[" + json + "]"))) {
            return reader.readArray().getString(0);
        }
    }
}
