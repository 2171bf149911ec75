package prosa.lab.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a client needs of one JSON object that the server sent: nothing of it is missing, but what it does not hold is empty.
 *
 * @param type what it is: {@code said}, {@code welcome}, {@code ack}, ...
 * @param id of a {@code said} and an {@code ack}
 * @param text of a {@code said}
 * @param position of a {@code welcome} and a {@code following}
 * @param reason of a {@code refused}
 */
public record JsonLine(String type, String id, String text, String position, String reason) {
    private static final JsonFactory JSON = new JsonFactory();

    /** @throws IOException if it is no JSON object */
    public static JsonLine parse(byte[] json) throws IOException {
        String type = "";
        String id = "";
        String text = "";
        String position = "";
        String reason = "";
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object: " + beginning(json));
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "type" -> type = parser.getValueAsString("");
                    case "id" -> id = parser.getValueAsString("");
                    case "text" -> text = parser.getValueAsString("");
                    case "position" -> position = parser.getValueAsString("");
                    case "reason" -> reason = parser.getValueAsString("");
                    default -> parser.skipChildren();
                }
            }
            return new JsonLine(type, id, text, position, reason);
        } catch (JacksonException e) {
            throw new IOException("not JSON: " + beginning(json), e);
        }
    }

    /** The objects of an array, each in its own bytes. */
    static List<byte[]> split(byte[] array) throws IOException {
        List<byte[]> objects = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), array)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("not a JSON array: " + beginning(array));
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                objects.add(Arrays.copyOfRange(
                        array, from, (int) parser.currentTokenLocation().getByteOffset() + 1));
            }
            return objects;
        } catch (JacksonException e) {
            throw new IOException("not JSON: " + beginning(array), e);
        }
    }

    /**
     * {@code text} as a JSON string, with its quotes; escaped where RFC 8259 §7 demands it, and half of a surrogate pair, which UTF-8
     * can't carry (as ECMAScript's {@code JSON.stringify} does).
     */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || isHalf(text, i)) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private static boolean isHalf(String text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** The {@code say} of a text. */
    static String say(String text) {
        return "{\"type\":\"say\",\"text\":" + quoted(text) + "}";
    }

    /** The {@code say} of bytes as they are, in UTF-8 or not; they hold nothing that JSON escapes. */
    static byte[] say(byte[] text) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.writeBytes("{\"type\":\"say\",\"text\":\"".getBytes(StandardCharsets.US_ASCII));
        json.writeBytes(text);
        json.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
        return json.toByteArray();
    }

    boolean isSaid() {
        return type.equals("said");
    }

    private static String beginning(byte[] json) {
        return new String(json, 0, Math.min(json.length, 80), StandardCharsets.UTF_8);
    }
}
