package org.tidings.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.locks.LockSupport;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks at the heap of another JVM while it works: over JMX, because starting jcmd costs the processor a look. */
final class HeapWatch implements AutoCloseable {
    private static final long LOOK_NANOS = 20_000_000;

    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final Thread thread = new Thread(this::look, "bench-heap");
    private volatile long peak;
    private volatile boolean closed;

    @SuppressWarnings("BanJNDI") // the other side is a process that the benchmark started
    HeapWatch(long pid) throws IOException {
        connector = JMXConnectorFactory.connect(new JMXServiceURL(agent(pid)));
        memory = ManagementFactory.newPlatformMXBeanProxy(
                connector.getMBeanServerConnection(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        thread.start();
    }

    /** Stops looking, and returns the most that was used, garbage included, in bytes. */
    long peak() throws InterruptedException {
        closed = true;
        thread.join();
        return peak;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        connector.close();
    }

    private void look() {
        while (!closed) {
            peak = Math.max(peak, memory.getHeapMemoryUsage().getUsed());
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static String agent(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e);
        }
    }
}
