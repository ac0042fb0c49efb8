package org.tidings.security;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What a request says of where it comes from.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the {@code Host} header; empty: there is none
 * @param origin the {@code Origin} header, which browsers send with every request that is not a plain read
 * @param forwarded whether a proxy says that it passed the request on
 */
public record Caller(String scheme, String host, Optional<String> origin, boolean forwarded) {
    private static final Pattern LOOPBACK_HOST = Pattern.compile(
            "(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);
    private static final List<String> FORWARDING =
            List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP");

    /** @param header the value of a header, or {@code null} */
    public static Caller of(String scheme, UnaryOperator<String> header) {
        return new Caller(
                scheme,
                Objects.requireNonNullElse(header.apply("Host"), ""),
                Optional.ofNullable(header.apply("Origin")),
                FORWARDING.stream().anyMatch(name -> header.apply(name) != null));
    }

    /** Whether this machine was asked by one of the names that only itself has. */
    boolean hasLoopbackHost() {
        return LOOPBACK_HOST.matcher(host).matches();
    }

    /** Whether it is no request of a web page that came from elsewhere. */
    boolean isOfSameOrigin() {
        return origin.map(page -> page.equalsIgnoreCase(scheme + "://" + host)).orElse(true);
    }
}
