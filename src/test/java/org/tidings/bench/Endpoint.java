package org.tidings.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocketFactory;

/**
 * Where the server listens, and how it is asked. Behind {@code https}, the JVM's default trust store decides; Java's
 * own sockets do not offer HTTP/2.
 */
record Endpoint(Api api, URI uri) {
    InetSocketAddress address() {
        return new InetSocketAddress(uri.getHost(), uri.getPort());
    }

    Socket connect() throws IOException {
        Socket socket = isSecure()
                ? SSLSocketFactory.getDefault().createSocket(uri.getHost(), uri.getPort())
                : new Socket(uri.getHost(), uri.getPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    boolean isSecure() {
        return uri.getScheme().equals("https");
    }

    static byte[] subscription(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
