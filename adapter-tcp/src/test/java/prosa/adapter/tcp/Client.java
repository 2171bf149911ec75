package prosa.adapter.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import prosa.test.wire.client.TestTls;

/** Somebody on a socket. What does not come within the deadline fails the test. */
final class Client implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    final Socket socket;
    private final Socket plain;
    private final InputStream in;

    Client(URI server) throws IOException {
        this(server.getScheme(), new Socket(server.getHost(), server.getPort()));
    }

    Client(Socket plain) throws IOException {
        this("tcp", plain);
    }

    private Client(String scheme, Socket plain) throws IOException {
        this.plain = plain;
        plain.setTcpNoDelay(true);
        socket = scheme.equals("tcps") ? TestTls.over(plain) : plain;
        socket.setSoTimeout((int) DEADLINE.toMillis());
        in = new java.io.BufferedInputStream(socket.getInputStream());
    }

    Client send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    Client send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Joins under a name, and waits until that is done. */
    Client join(String name) throws IOException {
        send(name + "\n");
        skipTo(line -> line.contains("/help"));
        return this;
    }

    int readByte() throws IOException {
        return in.read();
    }

    /** The next line without its line end; null at the end. */
    String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                assertEquals(0, line.size(), () -> "ended within a line: " + line.toString(StandardCharsets.UTF_8));
                return null;
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    void expect(String... lines) throws IOException {
        for (String line : lines) {
            assertEquals(line, readLine());
        }
    }

    String skipTo(Predicate<String> wanted) throws IOException {
        List<String> skipped = new ArrayList<>();
        for (String line = readLine(); line != null; line = readLine()) {
            if (wanted.test(line)) {
                return line;
            }
            skipped.add(line);
        }
        throw new AssertionError("ended after " + skipped);
    }

    /** All lines up to the end of the stream. */
    List<String> rest() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = readLine(); line != null; line = readLine()) {
            lines.add(line);
        }
        return lines;
    }

    /** Waits for the end of the connection, in whichever way. */
    boolean isEnded() throws IOException {
        try {
            while (in.read() >= 0) {
                // What was said before.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Is gone without a word: a reset. */
    void reset() throws IOException {
        plain.setSoLinger(true, 0);
        plain.close();
    }

    /** TCP's end, and over TLS not TLS's own. */
    void cut() throws IOException {
        plain.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
