package prosa.lab.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The head of an HTTP/1.1 response (RFC 9112 §4 and §5).
 *
 * @param status three digits
 * @param fields by their names in lower case; of a repeated one, the last
 * @param bytes how long it was, with the blank line that ends it
 */
public record HttpHead(int status, Map<String, String> fields, int bytes) {
    public HttpHead {
        fields = Map.copyOf(fields);
    }

    /** Reads one, over any number of interim responses (RFC 9110 §15.2), but not over the 101 that ends HTTP. */
    public static HttpHead read(Input in) throws IOException {
        HttpHead head = readOne(in);
        int before = 0;
        while (head.status < 200 && head.status != 101) {
            before += head.bytes;
            head = readOne(in);
        }
        return new HttpHead(head.status, head.fields, before + head.bytes);
    }

    private static HttpHead readOne(Input in) throws IOException {
        byte[] first = in.line();
        int status = status(text(first));
        int bytes = first.length;
        Map<String, String> fields = new HashMap<>();
        while (true) {
            byte[] line = in.line();
            bytes += line.length;
            String field = text(line);
            if (line.length == 0) {
                throw new EOFException("the connection ended in a response's head");
            }
            if (field.isEmpty()) {
                return new HttpHead(status, fields, bytes);
            }
            int colon = field.indexOf(':');
            if (colon > 0) {
                fields.put(
                        field.substring(0, colon).toLowerCase(Locale.ROOT),
                        field.substring(colon + 1).strip());
            }
        }
    }

    private static int status(String line) throws IOException {
        if (line.isEmpty()) {
            throw new EOFException("the connection ended before a response");
        }
        if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
            throw new IOException("not a response of HTTP/1.1: " + line.substring(0, Math.min(80, line.length())));
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** A field of the head, by its name in lower case. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Fails on any other status, with the body's beginning as far as it has come. */
    void expect(int wanted, Input in) throws IOException {
        if (status != wanted) {
            byte[] beginning =
                    field("content-length").isPresent() ? new HttpBody(in, this).readNBytes(200) : new byte[0];
            throw new IOException(("HTTP " + status + " " + new String(beginning, StandardCharsets.UTF_8)).strip());
        }
    }
}
