package org.tidings.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidings.hub.Connection;

/** The end of a connection whose client reads nothing, over a real socket that is full. */
@Timeout(30)
class PlainConnectionTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** More than the kernel may wait until it says that it has taken something: then there is a little room again. */
    private static final Duration DELAYED_ACK = Duration.ofMillis(500);

    private final SynchronousQueue<NIOConnection> accepted = new SynchronousQueue<>();
    private TCPNIOTransport transport;
    private Socket client;
    private long nanos;
    private final Stalled stalled = new Stalled(LIMIT, () -> nanos);
    private PlainConnection connection;

    @BeforeEach
    void connect() throws IOException, InterruptedException {
        var chain = FilterChainBuilder.stateless().add(new TransportFilter()).add(new BaseFilter() {
            @Override
            public NextAction handleAccept(FilterChainContext context) {
                try {
                    accepted.put((NIOConnection) context.getConnection());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return context.getStopAction();
            }
        });
        transport = TCPNIOTransportBuilder.newInstance()
                .setIOStrategy(SameThreadIOStrategy.getInstance())
                .setProcessor(chain.build())
                .build();
        transport.start();
        TCPNIOServerConnection server = transport.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = new Socket();
        client.setReceiveBufferSize(4 * 1024);
        client.connect(server.getLocalAddress());
        NIOConnection socket = accepted.take();
        Sockets.bound(socket);
        connection = new PlainConnection(socket, new Staging(), true, stalled);
        connection.open(new Connection.Listener() {
            @Override
            public void writable() {}

            @Override
            public void closed() {}
        });
        connection.attach();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        transport.shutdownNow();
    }

    /** Its lane, or its sink, has let go of it: a client that held up the last chunk kept its connection for ever. */
    @Test
    void clientThatDoesNotTakeTheLastChunkIsCut() throws Exception {
        fillTheKernel();
        connection.end();

        pass(LIMIT.minusNanos(1));
        assertThat(connection.socket().isOpen()).isTrue();
        pass(Duration.ofNanos(1));

        assertThat(connection.socket().isOpen()).isFalse();
        assertThatThrownBy(() -> client.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
    }

    @Test
    void clientThatTakesTheLastChunkSeesTheEnd() throws Exception {
        connection.end();

        assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("0\r\n\r\n");
        pass(LIMIT);
        assertThat(connection.socket().isOpen()).isFalse();
    }

    /** Behind Grizzly's back: until nothing more fits, with the client's part full. */
    private void fillTheKernel() throws IOException {
        var channel = (SocketChannel) connection.socket().getChannel();
        var bytes = ByteBuffer.allocate(4 * 1024);
        long taken = System.nanoTime();
        for (long asked = taken; asked - taken < DELAYED_ACK.toNanos(); ) {
            asked = System.nanoTime();
            bytes.clear();
            taken = channel.write(bytes) == 0 ? taken : System.nanoTime();
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        stalled.cut();
    }
}
