package org.tidings.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.api.Publication;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;

class TextBodyTest {
    private static final int LIMIT = Publication.MAX_DATA_BYTES;

    @Test
    void aBodyWithoutATypeIsUtf8() {
        assertThat(TextBody.read(null, -1, stream("ä€😀\n".getBytes(UTF_8)))).isEqualTo("ä€😀\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "application/json", "text/html", "x/y"})
    void theTypeDoesNotChangeTheText(String type) {
        assertThat(TextBody.read(MediaType.valueOf(type), -1, stream("a=1&b=%20+".getBytes(UTF_8))))
                .isEqualTo("a=1&b=%20+");
    }

    @Test
    void theCharsetOfTheTypeCounts() {
        assertThat(TextBody.read(
                        MediaType.valueOf("text/plain; charset=iso-8859-1"), 1, stream("ä".getBytes(ISO_8859_1))))
                .isEqualTo("ä");
    }

    @Test
    void anEmptyBodyIsAnEmptyText() {
        assertThat(TextBody.read(null, 0, stream(new byte[0]))).isEmpty();
    }

    @Test
    void bytesThatAreNotTextAreRejected() {
        rejects(RejectionReason.DATA_MALFORMED, null, -1, stream(new byte[] {'a', (byte) 0xC3}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "'\"", "\u00e4"})
    void aCharsetThatIsNotKnownIsRejected(String charset) {
        var type = MediaType.TEXT_PLAIN_TYPE.withCharset(charset);

        rejects(RejectionReason.DATA_MALFORMED, type, -1, stream(new byte[1]));
    }

    @Test
    void aTextOfTheLargestSizeIsReadInAnyCharset() {
        String text = "x".repeat(LIMIT);
        var type = MediaType.TEXT_PLAIN_TYPE.withCharset("utf-16le");

        assertThat(TextBody.read(null, LIMIT, stream(text.getBytes(UTF_8)))).isEqualTo(text);
        assertThat(TextBody.read(type, -1, stream(text.getBytes(UTF_16LE)))).isEqualTo(text);
    }

    @Test
    void aLargerBodyIsRejectedAndNotReadToItsEnd() {
        var body = new ByteArrayInputStream(new byte[3 * LIMIT]);

        rejects(RejectionReason.DATA_TOO_LARGE, null, -1, body);
        assertThat(body.available()).isEqualTo(2 * LIMIT - 1);
    }

    @Test
    void aBodyThatAnnouncesItselfAsLargerIsNotReadAtAll() {
        var body = new ByteArrayInputStream(new byte[1]);

        rejects(RejectionReason.DATA_TOO_LARGE, null, LIMIT + 1, body);
        assertThat(body.available()).isEqualTo(1);
    }

    @Test
    void aClientThatGoesIsToldApartFromAFailure() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();

        assertThatThrownBy(() -> TextBody.read(null, -1, closed)).isInstanceOf(UncheckedIOException.class);
    }

    /** Whoever sent a byte now and then kept a thread; as many as there are threads kept everybody out. */
    @Test
    void aBodyThatTricklesInIsNotWaitedForToItsEnd() {
        var time = new AtomicLong();
        var trickle = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                time.addAndGet(TimeUnit.SECONDS.toNanos(29));
                bytes[offset] = 'x';
                return 1;
            }
        };

        assertThatThrownBy(() -> TextBody.bytes(-1, new TextBody.TimedStream(trickle, time::get), LIMIT))
                .isInstanceOfSatisfying(
                        ClientErrorException.class,
                        e -> assertThat(e.getResponse().getStatus()).isEqualTo(408));
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static void rejects(RejectionReason reason, MediaType type, int length, InputStream body) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> TextBody.read(type, length, body))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
