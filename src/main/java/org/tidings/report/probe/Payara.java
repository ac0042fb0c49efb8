package org.tidings.report.probe;

import java.lang.annotation.Annotation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidings.foreign.ForeignObject;
import org.tidings.report.Listener;
import org.tidings.report.RequestThreads;

/** Payara has its configuration in HK2, whose services applications can see. */
final class Payara implements ServerProbe {
    private static final String ADMINISTRATORS = "__asadmin";

    private final String version;
    private final ForeignObject config;

    private Payara(String version, ForeignObject config) {
        this.version = version;
        this.config = config;
    }

    static Optional<ServerProbe> find() {
        try {
            Object services = load("org.glassfish.internal.api.Globals")
                    .getMethod("getDefaultBaseServiceLocator")
                    .invoke(null);
            Object config = load("org.glassfish.hk2.api.ServiceLocator")
                    .getMethod("getService", Class.class, String.class, Annotation[].class)
                    .invoke(
                            services,
                            load("com.sun.enterprise.config.serverbeans.Config"),
                            "default-instance-name",
                            new Annotation[0]);
            Object version = load("com.sun.appserv.server.util.Version")
                    .getMethod("getFullVersion")
                    .invoke(null);
            return Optional.of(new Payara(version.toString(), new ForeignObject(config)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, true, Payara.class.getClassLoader());
    }

    @Override
    public boolean isKnown() {
        return true;
    }

    @Override
    public Optional<String> name() {
        return Optional.of(version);
    }

    /** None ends a stream for its silence: the time-outs are for requests, and for what is between two of them. */
    @Override
    public Optional<List<Listener>> listeners() {
        List<Listener> found = networkListeners().map(Payara::listener).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    private static Listener listener(ForeignObject listener) {
        String name = listener.text("getName").orElse("a listener without a name");
        boolean secure = protocol(listener)
                .map(protocol -> protocol.isTrue("getSecurityEnabled"))
                .orElse(false);
        boolean http2 =
                http(listener).map(http -> http.isTrue("getHttp2Enabled")).orElse(false);
        return new Listener(name, secure && http2, Optional.empty(), Optional.empty());
    }

    @Override
    public Optional<RequestThreads> threads() {
        return networkListeners()
                .flatMap(listener -> listener.call("findThreadPool").stream())
                .flatMap(pool -> threads(pool).stream())
                .min(Comparator.comparingInt(RequestThreads::most));
    }

    private Optional<RequestThreads> threads(ForeignObject pool) {
        String setting = "configs.config.%s.thread-pools.thread-pool.%s.max-thread-pool-size"
                .formatted(
                        config.text("getName").orElse("*"), pool.text("getName").orElse("*"));
        return pool.text("getMaxThreadPoolSize")
                .map(most -> new RequestThreads(Integer.parseInt(most), setting + " (asadmin set)"));
    }

    private Stream<ForeignObject> networkListeners() {
        return config
                .follow("getNetworkConfig", "getNetworkListeners", "getNetworkListener")
                .map(listeners -> (List<?>) listeners.object())
                .stream()
                .flatMap(List::stream)
                .map(ForeignObject::new)
                .filter(listener -> listener.isTrue("getEnabled"))
                .filter(listener -> !isForAdministrators(listener));
    }

    private static boolean isForAdministrators(ForeignObject listener) {
        return http(listener)
                .flatMap(http -> http.text("getDefaultVirtualServer"))
                .filter(ADMINISTRATORS::equals)
                .isPresent();
    }

    private static Optional<ForeignObject> http(ForeignObject listener) {
        return listener.follow("findHttpProtocol", "getHttp");
    }

    private static Optional<ForeignObject> protocol(ForeignObject listener) {
        return listener.call("findHttpProtocol");
    }
}
