package org.tidings.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The memory of another JVM, over JMX, in bytes. */
final class JvmMemory implements AutoCloseable {
    private static final String DIRECT = "java.nio:type=BufferPool,name=direct";

    private final JMXConnector connector;
    private final List<MemoryPoolMXBean> heapPools;
    private final BufferPoolMXBean direct;

    @SuppressWarnings("BanJNDI") // the other side is a process that the benchmark started
    JvmMemory(long pid) throws IOException {
        connector = JMXConnectorFactory.connect(new JMXServiceURL(agent(pid)));
        MBeanServerConnection beans = connector.getMBeanServerConnection();
        heapPools = ManagementFactory.getPlatformMXBeans(beans, MemoryPoolMXBean.class).stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        direct = ManagementFactory.newPlatformMXBeanProxy(beans, DIRECT, BufferPoolMXBean.class);
    }

    /** Forgets what the heap's peak was. */
    void resetHeapPeak() {
        heapPools.forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /**
     * The most of the heap that was used since then, with garbage: of each of its generations, which need not have been
     * at the same moment. Asked once, at the end, for whoever watches competes for the processors with what it watches.
     */
    long heapPeak() {
        return heapPools.stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    /** Of direct buffers, those that the collector has not met yet included. */
    long direct() {
        return direct.getMemoryUsed();
    }

    @Override
    public void close() throws IOException {
        connector.close();
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
