package prosa.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A plain socket, line by line. What does not come within the deadline fails the test. */
final class Lines implements AutoCloseable {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Socket socket;
    private final BufferedReader reader;

    Lines(Socket socket) throws IOException {
        this.socket = socket;
        this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void send(String... lines) throws IOException {
        socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Reads on to a line that contains a text; returns all lines up to it, itself the last. */
    List<String> await(String text) throws IOException {
        return awaitAll(text);
    }

    /** Reads on until each of some texts has come, in any order; returns all lines up to there. */
    List<String> awaitAll(String... texts) throws IOException {
        Set<String> missing = new HashSet<>(List.of(texts));
        List<String> read = new ArrayList<>();
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!missing.isEmpty()) {
            String line = readLine(deadline, missing, read);
            read.add(line);
            missing.removeIf(line::contains);
        }
        return read;
    }

    /** A line before the deadline, however many signs of life come before it. */
    private String readLine(long deadline, Set<String> missing, List<String> read) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new AssertionError("no " + missing + " in time but " + read);
        }
        socket.setSoTimeout(Math.toIntExact(left));
        String line;
        try {
            line = reader.readLine();
        } catch (IOException e) {
            throw new AssertionError("no " + missing + " but " + read, e);
        }
        if (line == null) {
            throw new AssertionError("ended without " + missing + " but " + read);
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
