package prosa.test.wire.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A socket that reads lines, as netcat would, or over TLS. One test thread writes, a thread of its own reads. */
public final class LineClient implements AutoCloseable {
    private final Socket plain;
    private final Socket socket;
    private final Mailbox<String> lines = new Mailbox<>();

    /** @param server {@code tcp://127.0.0.1:2323} or {@code tcps://127.0.0.1:2324} */
    public LineClient(URI server) throws IOException {
        plain = new Socket(server.getHost(), server.getPort());
        plain.setTcpNoDelay(true);
        socket = server.getScheme().equals("tcps") ? TestTls.over(plain) : plain;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        Thread.ofVirtual().name("line client").start(() -> read(in));
    }

    private void read(InputStream in) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                line.write(b);
                if (b == '\n') {
                    lines.put(withoutLineEnd(line.toString(StandardCharsets.UTF_8)));
                    line.reset();
                }
            }
        } catch (IOException e) {
            // Ended as well.
        }
        lines.end();
    }

    private static String withoutLineEnd(String line) {
        return line.substring(0, line.length() - (line.endsWith("\r\n") ? 2 : 1));
    }

    /** Without their line ends. */
    public Mailbox<String> lines() {
        return lines;
    }

    /** Sends text as it is: the line end is the caller's. */
    public LineClient send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    public LineClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Joins the main room under a name, and waits until that is done. */
    public LineClient join(String name) {
        send(name + "\n");
        lines.next(line -> line.contains("/help"));
        return this;
    }

    /** Has nothing more to say, and still reads. */
    public void closeOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Is gone without a word, if it is still there: a reset. */
    public void vanish() {
        if (plain.isClosed()) {
            return;
        }
        try {
            plain.setSoLinger(true, 0);
            plain.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
