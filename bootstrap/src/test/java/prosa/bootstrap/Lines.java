package prosa.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A plain socket, line by line. What does not come within the deadline fails the test. */
final class Lines implements AutoCloseable {
    private static final int DEADLINE_MILLIS = 10_000;

    private final Socket socket;
    private final BufferedReader reader;

    Lines(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(DEADLINE_MILLIS);
        this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void send(String... lines) throws IOException {
        socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Reads on to a line that contains a text; returns all lines up to it, itself the last. */
    List<String> await(String text) throws IOException {
        List<String> read = new ArrayList<>();
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                read.add(line);
                if (line.contains(text)) {
                    return read;
                }
            }
        } catch (IOException e) {
            throw new AssertionError("no \"" + text + "\" but " + read, e);
        }
        throw new AssertionError("ended without \"" + text + "\" but " + read);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
