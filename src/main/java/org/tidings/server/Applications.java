package org.tidings.server;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.WriterInterceptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpContainer;
import org.glassfish.jersey.server.ContainerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.jboss.weld.environment.se.WeldContainer;
import org.tidings.rest.HubApplication;
import org.tidings.rest.Publishing;
import org.tidings.rest.Subscribing;
import org.tidings.server.transport.GrizzlyTransport;

/**
 * The JAX-RS applications among the beans, each as a handler under its path.
 *
 * <p>An application that names no classes gets, as the specification has it, all resources and providers there are,
 * except those that another application names.
 */
final class Applications {
    private static final Map<String, Object> PROPERTIES = Map.of(
            // A status without an entity stays one: Grizzly would send an HTML page of its own.
            ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true,
            // It would need JAXB, and describes the server to people who did not ask.
            ServerProperties.WADL_FEATURE_DISABLE, true);

    /** What an application's providers can be to take part in a request. */
    private static final List<Class<?>> FILTERS = List.of(
            ContainerRequestFilter.class,
            ContainerResponseFilter.class,
            ReaderInterceptor.class,
            WriterInterceptor.class,
            DynamicFeature.class);

    private static final Set<String> OWN_FILTERS = Set.of("org.tidings.rest", "org.tidings.cdi");

    private final WeldContainer container;
    private final GrizzlyTransport transport;
    private final Map<Class<?>, Application> found = new LinkedHashMap<>();

    private Applications(WeldContainer container, GrizzlyTransport transport) {
        this.container = container;
        this.transport = transport;
        for (Bean<?> bean : beans(Application.class).toList()) {
            if (bean.getBeanClass().isAnnotationPresent(ApplicationPath.class)) {
                found.put(bean.getBeanClass(), (Application) container
                        .select(bean.getBeanClass(), Any.Literal.INSTANCE)
                        .get());
            }
        }
    }

    /** The handlers by path, as {@code hub}; empty for the root. */
    static Map<String, HttpHandler> of(WeldContainer container, GrizzlyTransport transport) {
        var applications = new Applications(container, transport);
        var handlers = new LinkedHashMap<String, HttpHandler>();
        applications.found.forEach((type, application) -> {
            String path = path(type);
            if (handlers.put(path, applications.handler(type, application)) != null) {
                throw new StartException("More than one JAX-RS application has the path '/" + path + "', "
                        + type.getName() + " is one of them.");
            }
        });
        return handlers;
    }

    private HttpHandler handler(Class<?> type, Application application) {
        GrizzlyHttpContainer jersey = handler(application);
        if (type != HubApplication.class || hasForeignFilters(jersey)) {
            return new Workers(jersey);
        }
        String events = '/' + path(type) + "/events";
        return new HubHandler(
                events,
                jersey,
                List.of(
                        new ShortPublication(
                                events, container.select(Publishing.class).get()),
                        new ShortOpening(
                                events, container.select(Subscribing.class).get(), transport)));
    }

    /** Those of somebody else: one that asks for a password must be passed by nobody, and may block. */
    private static boolean hasForeignFilters(GrizzlyHttpContainer jersey) {
        Configuration providers = jersey.getApplicationHandler().getConfiguration();
        return Stream.concat(
                        providers.getClasses().stream(),
                        providers.getInstances().stream().map(Object::getClass))
                .anyMatch(type -> FILTERS.stream().anyMatch(filter -> filter.isAssignableFrom(type))
                        && !OWN_FILTERS.contains(type.getPackageName()));
    }

    private GrizzlyHttpContainer handler(Application application) {
        var config = ResourceConfig.forApplication(application).addProperties(PROPERTIES);
        if (isEmpty(application)) {
            config = new ResourceConfig(unclaimed())
                    .addProperties(application.getProperties())
                    .addProperties(PROPERTIES);
        }
        return ContainerFactory.createContainer(GrizzlyHttpContainer.class, config.register(transport.feature()));
    }

    private Set<Class<?>> unclaimed() {
        Set<Class<?>> claimed =
                found.values().stream().flatMap(a -> a.getClasses().stream()).collect(Collectors.toSet());
        return beans(Object.class)
                .<Class<?>>map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Path.class) || type.isAnnotationPresent(Provider.class))
                .filter(type -> !claimed.contains(type))
                .collect(Collectors.toSet());
    }

    private Stream<Bean<?>> beans(Class<?> type) {
        BeanManager manager = container.getBeanManager();
        return manager.getBeans(type, Any.Literal.INSTANCE).stream();
    }

    @SuppressWarnings("deprecation") // getSingletons: an application may still have them
    private static boolean isEmpty(Application application) {
        return application.getClasses().isEmpty() && application.getSingletons().isEmpty();
    }

    /** The path without slashes around it and without the {@code /*} that the specification allows at its end. */
    private static String path(Class<?> type) {
        return type.getAnnotation(ApplicationPath.class)
                .value()
                .replaceFirst("/?\\*$", "")
                .replaceAll("^/+|/+$", "");
    }
}
