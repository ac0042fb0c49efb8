package org.tidings.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request's query, decoded. */
final class Query {
    private final Map<String, List<String>> values = new HashMap<>();

    private Query() {}

    /** @throws IllegalArgumentException if an escape in it is broken */
    static Query parse(Optional<String> text) {
        var query = new Query();
        for (String parameter : text.orElse("").split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : URLDecoder.decode(parameter.substring(equals + 1), UTF_8);
            query.values.computeIfAbsent(name, found -> new ArrayList<>(1)).add(value);
        }
        return query;
    }

    /** Whether it has no parameters but these, and none of those twice that are to be there once. */
    boolean consistsOf(String repeatable, Set<String> single) {
        return values.entrySet().stream()
                .allMatch(parameter -> parameter.getKey().equals(repeatable)
                        || (single.contains(parameter.getKey())
                                && parameter.getValue().size() == 1));
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }
}
