package org.tidings.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FrameTest {
    @Example
    void theChunkIsTheLengthInHexThenThePayload() {
        Frame frame = EventStreamEncoder.encode(StreamBlock.comment("x".repeat(13)));

        assertThat(text(frame.chunk())).isEqualTo("11\r\n: " + "x".repeat(13) + "\n\n\r\n");
    }

    /** RFC 9112, 7.1: chunk-size CRLF chunk-data CRLF. A size of 0 would end the response. */
    @Property
    void aChunkIsOneValidChunkOfThePayload(@ForAll("streams") List<StreamBlock> blocks) {
        Frame frame =
                Frame.merge(blocks.stream().map(EventStreamEncoder::encode).toList());
        String chunk = text(frame.chunk());

        int lineEnd = chunk.indexOf("\r\n");
        String size = chunk.substring(0, lineEnd);
        assertThat(size).matches("[1-9a-f][0-9a-f]*");
        assertThat(Integer.parseInt(size, 16)).isEqualTo(frame.length());
        assertThat(chunk.substring(lineEnd + 2)).isEqualTo(text(frame.payload()) + "\r\n");
    }

    @Property
    void writingGivesThePayload(@ForAll("streams") List<StreamBlock> blocks) throws IOException {
        Frame frame =
                Frame.merge(blocks.stream().map(EventStreamEncoder::encode).toList());
        var out = new ByteArrayOutputStream();

        frame.writeTo(out);

        assertThat(out.toByteArray()).hasSize(frame.length());
        assertThat(ByteBuffer.wrap(out.toByteArray())).isEqualTo(frame.payload());
        assertThat(frame).hasToString(out.toString(UTF_8));
    }

    @Example
    void aMergedFrameSaysWhatItsPartsSayInTheirOrder() {
        Frame one = EventStreamEncoder.encode(StreamBlock.comment("1"));
        Frame two = EventStreamEncoder.encode(StreamBlock.comment("2"));

        assertThat(Frame.merge(List.of(one, two))).hasToString(": 1\n\n: 2\n\n");
        assertThat(Frame.merge(List.of(two, one, two))).hasToString(": 2\n\n: 1\n\n: 2\n\n");
        assertThat(one).hasToString(": 1\n\n");
    }

    @Example
    void oneFrameMergedIsItself() {
        Frame one = EventStreamEncoder.encode(StreamBlock.comment("1"));

        assertThat(Frame.merge(List.of(one))).isSameAs(one);
    }

    /** A frame is shared by all connections: none may move another's position or change the bytes. */
    @Example
    void eachViewIsReadOnlyWithAPositionOfItsOwn() {
        Frame frame = EventStreamEncoder.encode(StreamBlock.comment("x"));

        for (List<ByteBuffer> views :
                List.of(List.of(frame.payload(), frame.payload()), List.of(frame.chunk(), frame.chunk()))) {
            views.get(0).get();
            assertThat(views.get(1).position()).isZero();
            assertThatExceptionOfType(ReadOnlyBufferException.class)
                    .isThrownBy(() -> views.get(1).put((byte) 'y'));
        }
    }

    @Provide
    Arbitrary<List<StreamBlock>> streams() {
        return StreamTexts.events().list().ofMinSize(1).ofMaxSize(5);
    }

    private static String text(ByteBuffer bytes) {
        return ISO_8859_1.decode(bytes).toString();
    }
}
