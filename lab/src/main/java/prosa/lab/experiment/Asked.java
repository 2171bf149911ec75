package prosa.lab.experiment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.Leg;

/**
 * What came back for an HTTP request that was written by hand.
 *
 * @param status empty if there was no HTTP response
 * @param head all of the response's head, in lower case; or what else came
 */
record Asked(OptionalInt status, String head) {
    private static final int MILLIS = 3_000;
    private static final int MOST = 8 * 1024;

    /**
     * Asks on a connection of its own and reads no further than the response's head.
     *
     * @param lines the request line and the fields
     */
    static Asked of(Endpoint server, String... lines) throws IOException {
        String request = String.join("\r\n", lines) + "\r\n\r\n";
        Socket socket = new Socket(server.at().getAddress(), server.at().getPort());
        try (Leg leg = server.join(socket)) {
            leg.limitReads(MILLIS);
            leg.out().write(request.getBytes(StandardCharsets.UTF_8));
            String head = head(leg.in());
            boolean http = head.matches("http/1\\.[01] [1-5][0-9][0-9] (?s:.*)");
            return new Asked(
                    http ? OptionalInt.of(Integer.parseInt(head.substring(9, 12))) : OptionalInt.empty(), head);
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                head.write(next);
                boolean ends = next == '\n' && text(head).endsWith("\r\n\r\n");
                if (ends || head.size() == MOST) {
                    break;
                }
            }
        } catch (SocketTimeoutException | SocketException | SSLException e) {
            // What came until then is the answer.
        }
        return text(head);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    }

    /** The status, or {@code none}. */
    String statusOrNone() {
        return status.isPresent() ? Integer.toString(status.getAsInt()) : "none";
    }

    /** A field's value, or {@code none}. */
    String field(String name) {
        return head.lines()
                .filter(line -> line.startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("none");
    }
}
