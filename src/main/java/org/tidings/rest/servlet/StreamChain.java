package org.tidings.rest.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Registration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidings.foreign.ForeignObject;
import org.tidings.report.ChainLink;

/** The filters and the servlet that the requests for a path go through, and whether they support asynchronous ones. */
final class StreamChain {
    private StreamChain() {}

    /** Empty: they cannot be seen, for the API keeps them from listeners that were not declared. */
    static Optional<List<ChainLink>> before(String path, ServletContext context) {
        try {
            return Optional.of(links(path, context));
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static List<ChainLink> links(String path, ServletContext context) {
        List<? extends ServletRegistration> servlets = context.getServletRegistrations().values().stream()
                .filter(servlet -> matches(servlet.getMappings(), path))
                .toList();
        List<String> names = servlets.stream().map(Registration::getName).toList();
        var chain = new ArrayList<ChainLink>();
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            if (matches(filter.getUrlPatternMappings(), path)
                    || !Collections.disjoint(filter.getServletNameMappings(), names)) {
                chain.add(link("filter", filter));
            }
        }
        servlets.forEach(servlet -> chain.add(link("servlet", servlet)));
        return chain;
    }

    /** Servlet specification, 12.2; the default servlet's {@code /} is none of a stream's. */
    private static boolean matches(Collection<String> patterns, String path) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.equals(path)
                        || (pattern.endsWith("/*")
                                && (path + '/').startsWith(pattern.substring(0, pattern.length() - 1))));
    }

    private static ChainLink link(String kind, Registration registration) {
        return new ChainLink(kind + ' ' + registration.getName(), async(registration));
    }

    /**
     * Registrations can be told to support it, and do not tell whether they do. What they are made of does: a
     * FilterInfo in Undertow, a FilterDef in Payara's Catalina.
     */
    private static Optional<Boolean> async(Registration registration) {
        return Stream.concat(Stream.of(registration), parts(registration.getClass(), registration))
                .map(ForeignObject::new)
                .flatMap(part -> part.text("isAsyncSupported").stream())
                .findFirst()
                .map(Boolean::valueOf);
    }

    private static Stream<Object> parts(Class<?> type, Object whole) {
        Stream<Object> inherited = type.getSuperclass() == null ? Stream.empty() : parts(type.getSuperclass(), whole);
        return Stream.concat(Stream.of(type.getDeclaredFields()).flatMap(field -> part(field, whole)), inherited);
    }

    private static Stream<Object> part(Field field, Object whole) {
        try {
            field.setAccessible(true);
            return Stream.ofNullable(field.get(whole));
        } catch (IllegalAccessException | RuntimeException e) {
            return Stream.empty(); // A server that lets nobody look.
        }
    }
}
