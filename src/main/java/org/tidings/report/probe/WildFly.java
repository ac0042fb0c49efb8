package org.tidings.report.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.AttributeChangeNotification;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.tidings.report.Listener;
import org.tidings.report.Listener.Silence;

/**
 * WildFly has its management model in JMX. While it starts, that is not there yet: asking for an attribute is then an
 * error in the server's log.
 */
final class WildFly implements ServerProbe {
    private static final ObjectName STATE = ManagedBeans.name("jboss.root:type=state");
    private static final String RUNNING_STATE = "RunningState";
    private static final List<String> KINDS = List.of("http-listener", "https-listener", "ajp-listener");

    private final ManagedBeans beans;

    private WildFly(ManagedBeans beans) {
        this.beans = beans;
    }

    static Optional<ServerProbe> find(ManagedBeans beans) {
        return beans.has(STATE) ? Optional.of(new WildFly(beans)) : Optional.empty();
    }

    @Override
    public boolean isKnown() {
        return true;
    }

    /**
     * Undertow ends a connection that is written to after nothing was for its write time-out, and one of HTTP/2 from
     * which nothing came for its read time-out, though it be written to.
     */
    @Override
    public Optional<List<Listener>> listeners() {
        var found = new ArrayList<Listener>();
        for (String kind : KINDS) {
            for (ObjectName bean : beans.matching("jboss.as:subsystem=undertow,server=*," + kind + "=*")) {
                // Without an answer it cannot be read: nothing may be said of it.
                if (beans.attribute(bean, "enabled", Boolean.class).orElse(false)) {
                    found.add(listener(kind, bean));
                }
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    private Listener listener(String kind, ObjectName bean) {
        String name = bean.getKeyProperty(kind);
        boolean http2 = kind.equals("https-listener")
                && beans.attribute(bean, "enableHttp2", Boolean.class).orElse(false);
        return new Listener(
                kind + " " + name,
                http2,
                silence(bean, "writeTimeout", "write-timeout", kind),
                http2 ? silence(bean, "readTimeout", "read-timeout", kind) : Optional.empty());
    }

    private Optional<Silence> silence(ObjectName bean, String attribute, String setting, String kind) {
        String where = "%s of /subsystem=undertow/server=%s/%s=%s"
                .formatted(setting, bean.getKeyProperty("server"), kind, bean.getKeyProperty(kind));
        return beans.attribute(bean, attribute, Integer.class)
                .filter(millis -> millis > 0)
                .map(millis -> new Silence(Duration.ofMillis(millis), where));
    }

    @Override
    public Wait whenStarted(Runnable task) {
        var start = new Start(task);
        boolean listening = beans.listen(STATE, start);
        boolean starting = beans.attribute(STATE, RUNNING_STATE, Object.class)
                .filter(WildFly::isStarting)
                .isPresent();
        if (!listening || !starting) {
            start.over();
        }
        return start;
    }

    /** The states are constants of a class of WildFly's. */
    private static boolean isStarting(Object state) {
        return "starting".equals(String.valueOf(state));
    }

    /** Listens until the task runs, or will not any more: the server would keep the whole application. */
    private final class Start implements NotificationListener, Wait {
        private final Runnable task;
        private final AtomicBoolean done = new AtomicBoolean();

        Start(Runnable task) {
            this.task = task;
        }

        @Override
        public void handleNotification(Notification notification, Object none) {
            if (notification instanceof AttributeChangeNotification change
                    && change.getAttributeName().equals(RUNNING_STATE)
                    && isStarting(change.getOldValue())) {
                over();
            }
        }

        void over() {
            if (finish()) {
                task.run();
            }
        }

        @Override
        public void close() {
            finish();
        }

        private boolean finish() {
            boolean first = done.compareAndSet(false, true);
            if (first) {
                beans.leave(STATE, this);
            }
            return first;
        }
    }
}
