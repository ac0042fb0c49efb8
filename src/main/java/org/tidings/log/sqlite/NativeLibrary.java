package org.tidings.log.sqlite;

import org.sqlite.SQLiteJDBCLoader;
import org.tidings.api.EventLogException;

/** SQLite itself. */
final class NativeLibrary {
    private NativeLibrary() {}

    /**
     * Loads it, if it is not there yet.
     *
     * <p>To find out which of its libraries fits, the driver runs a process. The JDK's thread that waits for processes
     * to end would take over our context class loader, and so keep an application that is undeployed: for a minute, or
     * as long as the server goes on running processes.
     */
    static void load() {
        Thread thread = Thread.currentThread();
        ClassLoader ours = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) { // declared so
            throw new EventLogException("SQLite's native library cannot be loaded", e);
        } finally {
            thread.setContextClassLoader(ours);
        }
    }
}
