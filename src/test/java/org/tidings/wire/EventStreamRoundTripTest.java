package org.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tidings.testkit.EventStreamParser;
import org.tidings.testkit.ReceivedEvent;

/** A parser that knows nothing of the encoder hears exactly what was published. */
class EventStreamRoundTripTest {
    @Property
    void whatIsEncodedIsHeard(@ForAll("streams") List<StreamBlock> blocks) {
        var parser = new EventStreamParser();
        var heard = new ArrayList<ReceivedEvent>();
        frames(blocks).forEach(frame -> heard.addAll(parser.feed(frame.payload())));

        assertThat(heard).isEqualTo(expected(blocks));
    }

    @Property
    void mergedFramesSayTheSame(@ForAll("streams") List<StreamBlock> blocks) {
        Frame merged = Frame.merge(frames(blocks));

        assertThat(new EventStreamParser().feed(merged.payload())).isEqualTo(expected(blocks));
        assertThat(merged.blocks()).isEqualTo(blocks);
    }

    @Property
    void piecesOfAnySizeSayTheSame(@ForAll("streams") List<StreamBlock> blocks, @ForAll Random random) {
        ByteBuffer bytes = Frame.merge(frames(blocks)).payload();
        var parser = new EventStreamParser();
        var heard = new ArrayList<ReceivedEvent>();
        while (bytes.hasRemaining()) {
            int size = Math.min(bytes.remaining(), random.nextInt(7));
            heard.addAll(parser.feed(bytes.slice(bytes.position(), size)));
            bytes.position(bytes.position() + size);
        }

        assertThat(heard).isEqualTo(expected(blocks));
    }

    /** A comment or a reconnection time between two events is no event and changes none. */
    @Property
    void whatIsNoEventIsNotHeard(@ForAll("streams") List<StreamBlock> blocks, @ForAll("texts") String comment) {
        Frame heartbeat = EventStreamEncoder.encode(StreamBlock.comment(comment));
        var parser = new EventStreamParser();
        var heard = new ArrayList<ReceivedEvent>();
        for (Frame frame : frames(blocks)) {
            heard.addAll(parser.feed(frame.payload()));
            heard.addAll(parser.feed(heartbeat.payload()));
        }

        assertThat(heard).isEqualTo(expected(blocks));
    }

    @Provide
    Arbitrary<List<StreamBlock>> streams() {
        return StreamTexts.events().list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> texts() {
        return StreamTexts.texts();
    }

    private static List<Frame> frames(List<StreamBlock> blocks) {
        return blocks.stream().map(EventStreamEncoder::encode).toList();
    }

    private static List<ReceivedEvent> expected(List<StreamBlock> blocks) {
        var events = new ArrayList<ReceivedEvent>();
        String id = "";
        for (StreamBlock block : blocks) {
            id = block.id().orElse(id);
            String type = block.type().filter(t -> !t.isEmpty()).orElse("message");
            String data = block.data().orElseThrow().replace("\r\n", "\n").replace('\r', '\n');
            events.add(new ReceivedEvent(id, type, data));
        }
        return events;
    }
}
