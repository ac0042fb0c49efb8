package org.tidings.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.glassfish.grizzly.http.server.Request;

/** A request's query, decoded. */
final class Query {
    private final Map<String, List<String>> values = new HashMap<>();

    private Query() {}

    /**
     * What is made of a request's query, in which {@code topic} may be repeated.
     *
     * @param single the parameters that may be there once
     * @return nothing where the resource should judge: an escape in it is broken, there are others, or making it fails
     */
    static <T> Optional<T> read(Request request, Set<String> single, Function<Query, T> made) {
        try {
            Query query = parse(Objects.requireNonNullElse(request.getQueryString(), ""));
            return query.consistsOf("topic", single) ? Optional.of(made.apply(query)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws IllegalArgumentException if an escape in it is broken */
    private static Query parse(String text) {
        var query = new Query();
        for (String parameter : text.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : URLDecoder.decode(parameter.substring(equals + 1), UTF_8);
            query.values.computeIfAbsent(name, found -> new ArrayList<>(1)).add(value);
        }
        return query;
    }

    /** Whether it has no parameters but these, and none of those twice that are to be there once. */
    private boolean consistsOf(String repeatable, Set<String> single) {
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
