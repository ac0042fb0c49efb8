package org.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    @Test
    void membersAndElementsAreParted() {
        String json = new JsonWriter()
                .object()
                .member("text", "a,[{:")
                .member("whole", 3)
                .member("part", 0.5)
                .name("list")
                .array()
                .element("x")
                .element("y")
                .object()
                .endObject()
                .array()
                .endArray()
                .endArray()
                .name("last")
                .object()
                .member("of", "it")
                .endObject()
                .endObject()
                .toString();

        assertThat(json)
                .isEqualTo(
                        "{\"text\":\"a,[{:\",\"whole\":3,\"part\":0.5,\"list\":[\"x\",\"y\",{},[]],\"last\":{\"of\":\"it\"}}");
    }

    @Test
    void whatStrangersWroteStaysText() {
        String topic = "a\"}],\n\u2028\\";
        String json = new JsonWriter().object().member(topic, topic).endObject().toString();

        var read = Json.createReader(new StringReader(json)).readObject();
        assertThat(read.getString(topic)).isEqualTo(topic);
        assertThat(json).doesNotContain("\n", "\u2028");
    }
}
