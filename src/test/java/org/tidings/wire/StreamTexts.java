package org.tidings.wire;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Texts and blocks in which what a stream's syntax is made of is frequent; so there are no edge cases beside. */
final class StreamTexts {
    private static final String[] SYNTAX = {
        "\r", "\n", "\r\n", " ", ":", "\0", "\ufeff", "id: 1", "data", "event:", "retry: 1"
    };
    private static final String[] PLAIN = {
        "a", "0", "\"", "\\", "\t", "\u001f", "\u007f", "\u0085", "\u00e9", "\u2028", "\u20ac", "\uffff", "\ud83d\ude00"
    };

    private StreamTexts() {}

    /** Any text that UTF-8 can carry. */
    static Arbitrary<String> texts() {
        Arbitrary<String> part = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(SYNTAX)), Tuple.of(2, Arbitraries.of(PLAIN)), Tuple.of(1, characters()));
        return part.list().ofMaxSize(30).map(parts -> String.join("", parts)).withoutEdgeCases();
    }

    /** A text for an id or a type: in one line and without NUL. */
    static Arbitrary<String> lines() {
        return texts().map(text -> text.replaceAll("[\r\n\0]", ""));
    }

    static Arbitrary<StreamBlock> events() {
        return Combinators.combine(lines().optional(), lines().optional(), texts(), texts().optional(0.2))
                .as((id, type, data, comment) ->
                        new StreamBlock(id, type, Optional.of(data), Optional.empty(), comment))
                .withoutEdgeCases();
    }

    private static Arbitrary<String> characters() {
        return Arbitraries.integers()
                .between(Character.MIN_CODE_POINT, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .map(Character::toString);
    }
}
