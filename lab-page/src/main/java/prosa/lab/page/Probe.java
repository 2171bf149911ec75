package prosa.lab.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import prosa.lab.Wire;

/**
 * A TCP client within the server's own process, on real sockets and through the lab's relay: a browser has none. It comes back after a
 * loss, as the page's own clients do.
 *
 * <p>One virtual thread does all but {@link #start}, {@link #setResumes} and {@link #close}.
 */
final class Probe implements AutoCloseable {
    private static final String NAME = "probe";

    private final Session session;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean resumes = true;
    private volatile @Nullable Socket socket;
    private String token = "";
    private String last = "";

    Probe(Session session) {
        this.session = session;
    }

    void start() {
        Thread.ofVirtual().name("lab-probe").start(this::run);
    }

    /** Whether it comes back to where it was, or to the present. */
    void setResumes(boolean resumes) {
        this.resumes = resumes;
    }

    private void run() {
        try {
            do {
                try {
                    converse();
                } catch (IOException e) {
                    // Told below, as an end is.
                }
                session.tell(report("probe-lost"));
            } while (!closed.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void converse() throws IOException {
        try (Socket connection = session.watchedSocket();
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            socket = connection;
            if (closed.getCount() == 0) {
                return;
            }
            lines.readLine(); // the greeting, in text
            write(connection, "prosa.v1\n" + join());
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hear(line, System.nanoTime());
            }
        } finally {
            socket = null;
        }
    }

    private String join() {
        Report join = new Report("join").with("type", "join").with("name", NAME).with("room", session.room());
        if (!token.isEmpty()) {
            join.with("token", token);
        }
        if (resumes && !last.isEmpty()) {
            join.with("since", last);
        }
        return join.json() + "\n";
    }

    private static void write(Socket connection, String text) throws IOException {
        Writer writer = new OutputStreamWriter(connection.getOutputStream(), StandardCharsets.UTF_8);
        writer.write(text);
        writer.flush();
    }

    private void hear(String line, long nanos) {
        Map<String, String> fields = Fields.of(line);
        switch (fields.getOrDefault("type", "")) {
            case "welcome" -> {
                token = fields.getOrDefault("token", "");
                Report open = report("probe-open");
                if (resumes && !last.isEmpty()) {
                    open.with("since", last);
                }
                session.tell(open);
                if (last.isEmpty()) {
                    last = fields.getOrDefault("position", "");
                }
            }
            case "said" -> {
                last = fields.getOrDefault("id", last);
                session.tellOfTraffic(new Report("probe-arrived", session.millis(nanos))
                        .with("wire", Wire.TCP.id())
                        .with("id", last));
            }
            default -> {}
        }
    }

    private Report report(String what) {
        return new Report(what, session.now()).with("wire", Wire.TCP.id());
    }

    @Override
    public void close() {
        closed.countDown();
        Socket open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It ends anyway.
            }
        }
    }
}
