package org.tidings.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tidings.api.ByteSize;

/** The text forms of values. Empty when the text is none. */
final class Texts {
    /** At most 9 digits: no unit can make them overflow. */
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9})([A-Za-z]*)");

    private static final Map<String, Duration> TIMES = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, ByteSize> SIZES =
            Map.of("B", new ByteSize(1), "KiB", ByteSize.kibi(1), "MiB", ByteSize.mebi(1), "GiB", ByteSize.mebi(1024));

    private Texts() {}

    /** {@code 500ms}, {@code 15s}, {@code 5m}, {@code 24h}, {@code 7d}. */
    static Optional<Duration> duration(String text) {
        return amount(text).flatMap(amount -> Optional.ofNullable(TIMES.get(amount.group(2)))
                .map(unit -> unit.multipliedBy(Integer.parseInt(amount.group(1)))));
    }

    /** {@code 100B}, {@code 256KiB}, {@code 4MiB}, {@code 1GiB}. */
    static Optional<ByteSize> size(String text) {
        return amount(text).flatMap(amount -> Optional.ofNullable(SIZES.get(amount.group(2)))
                .map(unit -> new ByteSize(unit.bytes() * Integer.parseInt(amount.group(1)))));
    }

    /** {@code 4}. */
    static Optional<Integer> number(String text) {
        return amount(text).filter(amount -> amount.group(2).isEmpty()).map(amount -> Integer.valueOf(amount.group(1)));
    }

    /** A constant by its name in kebab case. */
    static <E extends Enum<E>> Optional<E> constant(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> kebab(constant).equals(text))
                .findFirst();
    }

    /** The names of all constants: {@code loopback, on, off}. */
    static <E extends Enum<E>> String constants(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Texts::kebab).collect(Collectors.joining(", "));
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<Matcher> amount(String text) {
        return Optional.of(AMOUNT.matcher(text)).filter(Matcher::matches);
    }
}
