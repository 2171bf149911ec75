package prosa.certificate;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is logged meanwhile. */
final class Log implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    Log() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    long count(String part) {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(part))
                .count();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
