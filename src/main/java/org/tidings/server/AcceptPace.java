package org.tidings.server;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ConnectionProbe;
import org.glassfish.grizzly.IOEvent;

/**
 * Has the listener accept new connections no faster than at a rate. The others wait in the kernel, where they cost the
 * process nothing: when all clients come back at once, this leaves processors to those that are there.
 *
 * <p>Told of connections by the one selector that accepts.
 */
@SuppressWarnings("rawtypes") // Grizzly's
final class AcceptPace extends ConnectionProbe.Adapter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AcceptPace.class.getName());

    private final LeakyBucket accepted;

    /** Its own: applications may block the timer that all futures of the process share. */
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("tidings-accept"));

    /** @param rate connections a second */
    AcceptPace(int rate) {
        this.accepted = new LeakyBucket(rate, System.nanoTime());
    }

    @Override
    public void onAcceptEvent(Connection listener, Connection connection) {
        long pause = accepted.add(System.nanoTime());
        if (pause > 0) {
            pause(listener, pause);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the timer
    private void pause(Connection listener, long nanos) {
        try {
            listener.disableIOEvent(IOEvent.SERVER_ACCEPT);
        } catch (IOException e) {
            return; // it is closed
        }
        timer.schedule(() -> goOn(listener), nanos, TimeUnit.NANOSECONDS);
    }

    private static void goOn(Connection listener) {
        try {
            listener.enableIOEvent(IOEvent.SERVER_ACCEPT);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "The listener accepts no more", e); // it is closed
        }
    }

    /** After the listener. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
