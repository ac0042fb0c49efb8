package org.tidings.bench;

import java.nio.file.Path;

/** The JDK that this runs on. */
final class Java {
    private Java() {}

    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
