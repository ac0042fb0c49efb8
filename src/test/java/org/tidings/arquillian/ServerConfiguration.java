package org.tidings.arquillian;

import java.nio.file.Path;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** What {@code arquillian.xml} says of a {@link ProcessContainer}; each server has those that it needs. */
public final class ServerConfiguration implements ContainerConfiguration {
    private Path home;
    private Path folder;
    private int port;
    private int securePort;
    private String javaVmArguments = "";

    Path home() {
        return home;
    }

    /** Where the server is installed. */
    public void setHome(String home) {
        this.home = Path.of(home);
    }

    Path folder() {
        return folder;
    }

    /** Where the server has its data and its log. */
    public void setFolder(String folder) {
        this.folder = Path.of(folder);
    }

    Path log() {
        return folder.resolve("server.log");
    }

    int port() {
        return port;
    }

    public void setPort(int port) {
        this.port = port;
    }

    int securePort() {
        return securePort;
    }

    /** That for TLS. */
    public void setSecurePort(int securePort) {
        this.securePort = securePort;
    }

    String javaVmArguments() {
        return javaVmArguments;
    }

    public void setJavaVmArguments(String javaVmArguments) {
        this.javaVmArguments = javaVmArguments;
    }

    @Override
    public void validate() {}
}
