package org.tidings.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** nginx with nchan, as Debian packages it, with a configuration of its own in target/. */
final class NchanProcess {
    /**
     * As docs/performance.md explains: it keeps as much as Tidings does by default, and nothing that it does by default
     * costs it anything here.
     */
    private static final String CONFIGURATION = """
            daemon off;
            worker_processes %2$d;
            pid %1$s/nginx-%2$d.pid;
            error_log %1$s/nginx-%2$d.log warn;
            load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
            events {
              worker_connections 16384;
            }
            http {
              access_log off;
              keepalive_requests 1000000000;
              client_body_buffer_size 64k;
              client_body_temp_path %1$s/nginx-body;
              nchan_shared_memory_size 1g;
              server {
                listen 127.0.0.1:%3$d backlog=4096%4$s;
                location = /subscribe {
                  nchan_subscriber eventsource;
                  nchan_channel_id $arg_topic;
                  nchan_channel_id_split_delimiter ",";
                  nchan_subscriber_first_message newest;
                }
                location = /publish {
                  nchan_publisher http;
                  nchan_channel_id $arg_topic;
                  nchan_message_buffer_length 100000;
                  nchan_message_timeout 24h;
                }
              }
            }
            """;

    private static final long START_LOOKS = 100;
    private static final long LOOK_NANOS = 50_000_000;

    private NchanProcess() {}

    static ServerProcess start(Children children, Path folder, int workers) throws IOException {
        int port = freePort();
        // Workers that share one listening socket leave most connections to one of them.
        String options = workers > 1 ? " reuseport" : "";
        Path file = folder.resolve("nginx-" + workers + ".conf");
        Files.writeString(file, CONFIGURATION.formatted(folder, workers, port, options));
        Process master = children.start("nginx", List.of("nginx", "-c", file.toString()), Map.of());
        awaitListening(master, port);
        List<Long> pids = master.children().map(ProcessHandle::pid).collect(Collectors.toList());
        return new ServerProcess(master, new Endpoint(Api.NCHAN, port), pids);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isListening(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void awaitListening(Process master, int port) throws IOException {
        for (int i = 0; i < START_LOOKS && master.isAlive(); i++) {
            boolean listens = isListening(port);
            LockSupport.parkNanos(LOOK_NANOS); // its workers are all there a little later
            if (listens) {
                return;
            }
        }
        throw new IOException("nginx with nchan does not start; target/bench/nginx.log says why");
    }
}
