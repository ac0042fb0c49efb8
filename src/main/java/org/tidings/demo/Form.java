package org.tidings.demo;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;

/** The body of a request: a small JSON object with texts in it. What a stranger wrote, so nothing of it is believed. */
final class Form {
    private static final int MAX_BYTES = 8 * 1024;

    private final JsonObject fields;

    private Form(JsonObject fields) {
        this.fields = fields;
    }

    /** @throws RejectedException if it is not a JSON object, or larger than any that would be accepted */
    static Form read(InputStream body) {
        byte[] bytes = bounded(body);
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return new Form(reader.readObject());
        } catch (RuntimeException e) { // a JsonException, but for deep nesting Parsson throws a plain one
            throw rejected("the body is not a JSON object");
        }
    }

    /**
     * The text of a field, without the white space around it.
     *
     * @throws RejectedException if it is missing, blank, longer than the limit, or not a line of text
     */
    String text(String field, int limit) {
        if (!(fields.get(field) instanceof JsonString value)) {
            throw rejected("'" + field + "' is missing, or is not a text");
        }
        String text = value.getString().strip();
        if (text.isEmpty()) {
            throw rejected("'" + field + "' is blank");
        }
        if (text.length() > limit) {
            throw rejected("'%s' has %d characters, the limit is %d".formatted(field, text.length(), limit));
        }
        // Half of a surrogate pair has no form in UTF-8.
        if (text.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw rejected("'" + field + "' has a control character or half of a surrogate pair");
        }
        return text;
    }

    private static byte[] bounded(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw rejected("the body has more than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("the request broke off", e);
        }
    }

    private static RejectedException rejected(String detail) {
        return new RejectedException(RejectionReason.PARAMETER_MALFORMED, detail);
    }
}
