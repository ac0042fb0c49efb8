package org.tidings.report.probe;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.NotificationListener;
import javax.management.ObjectName;

/** The beans that the process and its server show in JMX. What they do not show is empty. */
final class ManagedBeans {
    private final MBeanServer server;

    ManagedBeans(MBeanServer server) {
        this.server = server;
    }

    static ManagedBeans ofThisProcess() {
        return new ManagedBeans(ManagementFactory.getPlatformMBeanServer());
    }

    static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    boolean has(ObjectName bean) {
        return server.isRegistered(bean);
    }

    SortedSet<ObjectName> matching(String pattern) {
        return new TreeSet<>(server.queryNames(name(pattern), null));
    }

    <T> Optional<T> attribute(ObjectName bean, String attribute, Class<T> type) {
        try {
            return Optional.ofNullable(server.getAttribute(bean, attribute))
                    .filter(type::isInstance)
                    .map(type::cast);
        } catch (JMException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Whether that was possible. */
    boolean listen(ObjectName bean, NotificationListener listener) {
        try {
            server.addNotificationListener(bean, listener, null, null);
            return true;
        } catch (JMException | RuntimeException e) {
            return false;
        }
    }

    /** Does nothing if it does not listen. */
    void leave(ObjectName bean, NotificationListener listener) {
        try {
            server.removeNotificationListener(bean, listener);
        } catch (JMException | RuntimeException e) {
            // It was never there, or the server is going down and has no such bean any more.
        }
    }
}
