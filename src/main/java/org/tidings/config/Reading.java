package org.tidings.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/** One reading of the configuration. What is wrong is noted and the default taken, so that the rest is checked too. */
final class Reading {
    private static final int SHOWN = 100;

    private final Config config;
    private final List<String> problems = new ArrayList<>();

    Reading(Config config) {
        this.config = config;
    }

    /** The value of a key; the default when it is not set, or when the parser finds no value in the text. */
    <T> T value(String key, T byDefault, String allowed, Function<String, Optional<T>> parser) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return byDefault;
        }
        return text.flatMap(parser).orElseGet(() -> {
            wrong(key, text.get(), allowed);
            return byDefault;
        });
    }

    /** A constant by its name in kebab case. */
    <E extends Enum<E>> E constant(String key, E byDefault) {
        Class<E> type = byDefault.getDeclaringClass();
        return value(key, byDefault, Texts.constants(type), text -> Texts.constant(type, text));
    }

    Optional<String> text(String key) {
        return config.getOptionalValue(key, String.class).map(String::strip);
    }

    /** All names that the sources list, in a fixed order. */
    SortedSet<String> names() {
        var names = new TreeSet<String>();
        config.getPropertyNames().forEach(names::add);
        return names;
    }

    void wrong(String key, String value, String allowed) {
        problems.add("%s is '%s' (allowed: %s)".formatted(key, printable(value), allowed));
    }

    void unknown(String key, String known) {
        problems.add("%s is not a setting (there are: %s)".formatted(printable(key), known));
    }

    boolean isRight() {
        return problems.isEmpty();
    }

    /** @throws SettingsException if anything was wrong */
    void finish() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    /** The message is one line on somebody's terminal, whatever the value was. */
    private static String printable(String value) {
        String line = value.replaceAll("\\p{C}", "?");
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }
}
