package org.tidings.hub;

import java.io.IOException;
import org.tidings.wire.Frame;

/**
 * One open HTTP response, as its lane sees it. What transports implement.
 *
 * <p>A connection takes one frame at a time: it is <em>writable</em> once its listener was told so, and until
 * {@link #write} returns {@code false}. So a transport never holds more than one frame that the client has not taken,
 * and the hub's bound on queued bytes is exact.
 *
 * <p><b>Threads.</b> The lane's thread alone calls these methods (when the hub has stopped, others in its place, one at
 * a time), and none may block. The listener may be called from any thread, from within these methods too; it only posts
 * to the lane.
 */
public interface Connection {
    /** Called first, once. The connection is not writable before the listener hears {@link Listener#writable}. */
    void open(Listener listener);

    /**
     * Takes the frame, whole. Called only while writable.
     *
     * @return whether the next frame can be taken at once; if not, {@link Listener#writable} follows when it can
     * @throws IOException if the connection is dead; nothing but {@link #abort} is called afterwards
     */
    boolean write(Frame frame) throws IOException;

    /** Ends the response in good order, behind what was written. Called once, instead of {@link #abort}, and last. */
    void end();

    /**
     * Cuts the connection now and frees what waits in it, because the client takes nothing or has gone. Called last; or
     * instead of {@link #open}, by whoever has the connection then, because the hub refused it.
     */
    void abort();

    /** Where a transport reports to. */
    interface Listener {
        /** The frame before is on its way; the next can be taken. */
        void writable();

        /** The client has gone. May be told more than once, and after the end. */
        void closed();
    }
}
