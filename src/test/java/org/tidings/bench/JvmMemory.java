package org.tidings.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The memory of another JVM, over JMX: what is used of it now, in bytes. */
final class JvmMemory implements AutoCloseable {
    private static final String DIRECT = "java.nio:type=BufferPool,name=direct";

    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final BufferPoolMXBean direct;

    @SuppressWarnings("BanJNDI") // the other side is a process that the benchmark started
    JvmMemory(long pid) throws IOException {
        connector = JMXConnectorFactory.connect(new JMXServiceURL(agent(pid)));
        MBeanServerConnection beans = connector.getMBeanServerConnection();
        memory = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        direct = ManagementFactory.newPlatformMXBeanProxy(beans, DIRECT, BufferPoolMXBean.class);
    }

    /** With garbage. */
    long heap() {
        return memory.getHeapMemoryUsage().getUsed();
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
