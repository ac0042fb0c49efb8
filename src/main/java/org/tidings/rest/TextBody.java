package org.tidings.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.tidings.api.Publication;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;

/** Reads a request's body as text, of whatever type it says that it is, and never more than an event can have. */
final class TextBody {
    /** No charset needs more than four bytes where UTF-8 needs one. */
    private static final int MAX_BYTES = 4 * Publication.MAX_DATA_BYTES;

    /** For all of it: each byte is waited for anew, and who sends one now and then would keep a thread for hours. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private TextBody() {}

    /**
     * The text: in the charset that the {@code Content-Type} names, or UTF-8.
     *
     * @param type the {@code Content-Type}, or {@code null}
     * @param announced the {@code Content-Length}, or -1
     * @throws RejectedException if it is too long for an event, or is not text in that charset
     * @throws ClientErrorException 408, if it takes too long
     */
    static String read(MediaType type, long announced, InputStream body) {
        Charset charset = charset(type);
        int limit = charset.equals(UTF_8) ? Publication.MAX_DATA_BYTES : MAX_BYTES;
        byte[] bytes = bytes(announced, body, limit);
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new RejectedException(RejectionReason.DATA_MALFORMED, "the body is not text in " + charset.name());
        }
    }

    /** The bytes of a body of at most so many. */
    static byte[] bytes(long announced, InputStream body, int limit) {
        return bytes(announced, new TimedStream(body, System::nanoTime), limit);
    }

    static byte[] bytes(long announced, TimedStream body, int limit) {
        try {
            byte[] bytes = announced > limit ? new byte[0] : body.readNBytes(limit + 1);
            if (announced > limit || bytes.length > limit) {
                throw new RejectedException(
                        RejectionReason.DATA_TOO_LARGE, "the body has more than " + limit + " bytes, the limit");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("the request broke off within its body", e);
        }
    }

    private static Charset charset(MediaType type) {
        String name = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (name == null) {
            return UTF_8;
        }
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(
                    RejectionReason.DATA_MALFORMED, "the charset of the Content-Type is not known here; UTF-8 is");
        }
    }

    /** Gives no more once its time is over. */
    static final class TimedStream extends FilterInputStream {
        private final LongSupplier nanos;
        private final long start;

        TimedStream(InputStream body, LongSupplier nanos) {
            super(body);
            this.nanos = nanos;
            this.start = nanos.getAsLong();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (nanos.getAsLong() - start >= LONGEST_NANOS) {
                throw new ClientErrorException(Response.Status.REQUEST_TIMEOUT);
            }
            return super.read(bytes, offset, length);
        }
    }
}
