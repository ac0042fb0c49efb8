package org.tidings.rest;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicSelector;
import org.tidings.hub.TopicChange;

/**
 * A change to a stream's topics: <code>{"add": ["a"], "remove": ["b/*"]}</code>, of which one key is enough.
 *
 * @param add the matchers to add
 * @param remove the matchers to take away
 */
record TopicPatch(Set<TopicMatcher> add, Set<TopicMatcher> remove) {
    /** More than a hundred of the longest matchers, all escaped, twice. */
    private static final int MAX_BYTES = 1024 * 1024;

    /** @throws RejectedException if the body is anything else, or has a malformed matcher or too many */
    static TopicPatch read(InputStream body) {
        JsonObject patch = object(TextBody.bytes(-1, body, MAX_BYTES));
        if (!patch.containsKey("add") && !patch.containsKey("remove")) {
            throw malformed("the body has neither 'add' nor 'remove'");
        }
        return new TopicPatch(matchers(patch, "add"), matchers(patch, "remove"));
    }

    /** What came of it, as JSON. */
    static Response answer(TopicChange change) {
        JsonArrayBuilder topics = Json.createArrayBuilder();
        change.topics().matchers().forEach(matcher -> topics.add(matcher.value()));
        JsonObjectBuilder answer = Json.createObjectBuilder()
                .add("topics", topics)
                .add("from", change.from().toString());
        if (!change.ended().isEmpty()) {
            answer.add("ended", Json.createArrayBuilder(change.ended()));
        }
        return Response.ok(answer.build().toString(), MediaType.APPLICATION_JSON)
                .build();
    }

    private static JsonObject object(byte[] bytes) {
        try (JsonParser parser = Json.createParser(new ByteArrayInputStream(bytes))) {
            // Not a JsonReader: that lets anything follow the object.
            if (parser.next() == JsonParser.Event.START_OBJECT) {
                JsonObject object = parser.getObject();
                if (!parser.hasNext()) {
                    return object;
                }
            }
        } catch (RuntimeException e) {
            // Said below. A JsonException mostly, but some providers throw others, for too deep a nesting say.
        }
        throw malformed("the body is not a JSON object");
    }

    private static Set<TopicMatcher> matchers(JsonObject patch, String key) {
        JsonValue value = patch.getOrDefault(key, JsonValue.EMPTY_JSON_ARRAY);
        if (!(value instanceof JsonArray texts)) {
            throw malformed("'" + key + "' is not an array");
        }
        if (texts.size() > TopicSelector.MAX_MATCHERS) { // before the stream's lane has to look at them
            throw new RejectedException(
                    RejectionReason.TOO_MANY_TOPICS,
                    "'%s' has %d topics, the limit is %d on one stream"
                            .formatted(key, texts.size(), TopicSelector.MAX_MATCHERS));
        }
        var matchers = new LinkedHashSet<TopicMatcher>();
        for (JsonValue text : texts) {
            if (!(text instanceof JsonString string)) {
                throw malformed("'" + key + "' has something other than texts in it");
            }
            matchers.add(new TopicMatcher(string.getString()));
        }
        return matchers;
    }

    private static RejectedException malformed(String detail) {
        return new RejectedException(RejectionReason.PARAMETER_MALFORMED, detail);
    }
}
