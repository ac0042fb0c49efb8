package org.tidings.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.tidings.testkit.Ports;

/** nginx with nchan, as Debian packages it, with a configuration of its own in target/. */
final class NchanProcess {
    /**
     * As docs/performance.md explains: it keeps as much as Tidings does by default, and nothing that it does by default
     * costs it anything here.
     */
    private static final String CONFIGURATION = """
            daemon off;
            worker_processes %3$d;
            pid %1$s/%2$s.pid;
            error_log %1$s/%2$s.log warn;
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
              http2_max_concurrent_streams 256;
              server {
                listen 127.0.0.1:%4$d backlog=4096%5$s;
                ssl_certificate %6$s;
                ssl_certificate_key %6$s;
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

    static ServerProcess start(Children children, Certificate certificate, int workers, boolean secure)
            throws IOException {
        int port = Ports.free();
        String name = "nginx-" + workers + (secure ? "-tls" : "");
        // Workers that share one listening socket leave most connections to one of them.
        String options = (workers > 1 ? " reuseport" : "") + (secure ? " ssl http2" : "");
        Path folder = certificate.folder();
        Path file = folder.resolve(name + ".conf");
        Files.writeString(file, CONFIGURATION.formatted(folder, name, workers, port, options, certificate.pem()));
        Process master = children.start(name, List.of("nginx", "-c", file.toString()), Map.of());
        awaitListening(master, port);
        List<Long> pids = master.children().map(ProcessHandle::pid).toList();
        URI uri = URI.create((secure ? "https" : "http") + "://127.0.0.1:" + port + "/");
        return new ServerProcess(master, new Endpoint(Api.NCHAN, uri), pids);
    }

    private static void awaitListening(Process master, int port) throws IOException {
        for (int i = 0; i < START_LOOKS && master.isAlive(); i++) {
            boolean listens = Ports.isListening(port);
            LockSupport.parkNanos(LOOK_NANOS); // its workers are all there a little later
            if (listens) {
                return;
            }
        }
        throw new IOException("nginx with nchan does not start; its .log in target/bench says why");
    }
}
