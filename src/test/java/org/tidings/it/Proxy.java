package org.tidings.it;

import static org.tidings.testkit.Patience.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.tidings.testkit.KeyStoreFile;
import org.tidings.testkit.Ports;

/** Debian's nginx or HAProxy with the file that server-config/ has for it, in front of a server on this machine. */
final class Proxy implements AutoCloseable {
    /** Which one. */
    enum Kind {
        NGINX,
        HAPROXY
    }

    /** What Debian's own nginx.conf says, as far as a test needs it. */
    private static final String NGINX_MAIN = """
            user %2$s;
            pid %1$s/nginx.pid;
            worker_rlimit_nofile 4096;
            events {
                worker_connections 2048;
            }
            http {
                access_log off;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                include tidings.conf;
            }
            """;

    private static final Path FILES = Path.of("server-config").toAbsolutePath();

    private final Process process;
    private final int port;
    private final int securePort;

    private Proxy(Process process, int port, int securePort) {
        this.process = process;
        this.port = port;
        this.securePort = securePort;
    }

    /**
     * Starts it, and waits until it takes connections.
     *
     * @param parent where a folder for it is made
     * @param keys its certificate
     * @param server the port of the server behind it
     * @param edits what else is changed in our file: old text to new
     */
    static Proxy start(Kind kind, Path parent, KeyStoreFile keys, int server, Map<String, String> edits)
            throws IOException, GeneralSecurityException {
        Path folder = Files.createTempDirectory(parent, "proxy");
        Iterator<Integer> free = Ports.free(2).iterator();
        int port = free.next();
        int securePort = free.next();
        Path file = folder.resolve("tidings.conf");
        String ours =
                Files.readString(FILES.resolve(kind == Kind.NGINX ? "nginx/tidings.conf" : "haproxy/haproxy.cfg"));
        Files.writeString(file, replaced(replaced(ours, edits), site(kind, keys.pem(), port, securePort, server)));
        File log = folder.resolve("log").toFile();
        Process process = new ProcessBuilder(command(kind, file))
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        await().until(() -> !process.isAlive() || Ports.isListening(securePort));
        if (!process.isAlive()) {
            throw new AssertionError(kind + " ended: " + Files.readString(log.toPath()));
        }
        return new Proxy(process, port, securePort);
    }

    URI http(String relative) {
        return URI.create("http://127.0.0.1:" + port + "/" + relative);
    }

    URI https(String relative) {
        return URI.create("https://127.0.0.1:" + securePort + "/" + relative);
    }

    /** Asks it to end, for nginx would leave its workers behind; what is open is cut. */
    @Override
    public void close() {
        process.toHandle().destroy();
        process.onExit().join();
    }

    /** The lines that are marked as yours, and what a test may not be able to do: become another, raise its limits. */
    private static Map<String, String> site(Kind kind, Path pem, int port, int securePort, int server) {
        var site = new HashMap<String, String>();
        site.put("127.0.0.1:8080", "127.0.0.1:" + server);
        if (kind == Kind.NGINX) {
            site.put("listen 80;", "listen 127.0.0.1:" + port + ";");
            site.put("listen 443 ", "listen 127.0.0.1:" + securePort + " ");
            site.put("/etc/ssl/certs/tidings.pem", pem.toString());
            site.put("/etc/ssl/private/tidings.key", pem.toString());
        } else {
            site.put("bind :80 ", "bind 127.0.0.1:" + port + " ");
            site.put("bind :443 ", "bind 127.0.0.1:" + securePort + " ");
            site.put("/etc/haproxy/tidings.pem", pem.toString());
            site.put(
                    "/etc/haproxy/tidings-away.http",
                    FILES.resolve("haproxy/tidings-away.http").toString());
            site.put("    user haproxy\n    group haproxy\n    chroot /var/lib/haproxy\n    maxconn 20000\n", "");
        }
        return site;
    }

    private static List<String> command(Kind kind, Path file) throws IOException {
        if (kind == Kind.HAPROXY) {
            return List.of("haproxy", "-db", "-f", file.toString());
        }
        Path main = file.resolveSibling("nginx.conf");
        Files.writeString(main, NGINX_MAIN.formatted(file.getParent(), System.getProperty("user.name")));
        return List.of("nginx", "-c", main.toString(), "-g", "daemon off;");
    }

    private static String replaced(String text, Map<String, String> edits) {
        String replaced = text;
        for (var edit : edits.entrySet()) {
            if (!replaced.contains(edit.getKey())) {
                throw new AssertionError("the file does not have: " + edit.getKey());
            }
            replaced = replaced.replace(edit.getKey(), edit.getValue());
        }
        return replaced;
    }
}
