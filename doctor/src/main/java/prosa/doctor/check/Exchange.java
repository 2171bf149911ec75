package prosa.doctor.check;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import prosa.lab.client.HttpBody;
import prosa.lab.client.HttpHead;
import prosa.lab.client.Input;
import prosa.lab.tls.Leg;

/** One request of HTTP/1.1 on a connection of its own, and its answer. For one thread. */
final class Exchange implements Closeable {
    private static final int CONNECT_MILLIS = 5_000;
    /** Of an answer that is no stream. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final int MOST_OF_A_BODY = 16 << 10;

    private final Leg leg;
    private final Arrivals arrivals;
    private final Input in;
    private final long opened = System.nanoTime();

    private Exchange(Leg leg, Duration within) {
        this.leg = leg;
        this.arrivals = new Arrivals(leg, within);
        this.in = new Input(arrivals);
    }

    /** An answer that has come whole, or its first 16 KiB. */
    record Answer(HttpHead head, String body) {
        int status() {
            return head.status();
        }
    }

    /**
     * Asks.
     *
     * @param method and the path within Prosa
     * @param fields of the head, each a line, beside Host
     * @param within which all that is read has to come
     */
    static Exchange begin(Site site, String method, String path, List<String> fields, Duration within)
            throws IOException {
        Exchange exchange = new Exchange(connect(site), within);
        try {
            StringBuilder head = new StringBuilder()
                    .append(method)
                    .append(' ')
                    .append(site.target(path))
                    .append(" HTTP/1.1\r\nHost: ")
                    .append(site.host())
                    .append("\r\nUser-Agent: prosa-doctor\r\nAccept-Language: en\r\n");
            fields.forEach(field -> head.append(field).append("\r\n"));
            exchange.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            return exchange;
        } catch (IOException e) {
            exchange.close();
            throw e;
        }
    }

    /** Asks, and takes the answer within 10 s. */
    static Answer answer(Site site, String method, String path, String... fields) throws IOException {
        try (Exchange exchange = begin(site, method, path, List.of(fields), ANSWER)) {
            HttpHead head = exchange.head();
            return new Answer(head, exchange.text(head));
        }
    }

    private static Leg connect(Site site) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(site.endpoint().at(), CONNECT_MILLIS);
            Leg leg = site.endpoint().join(socket);
            leg.sendAtOnce();
            return leg;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    void write(byte[] bytes) throws IOException {
        leg.out().write(bytes);
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** Since the connection was opened. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - opened);
    }

    /** What comes, without regard to any head. */
    Input in() {
        return in;
    }

    HttpHead head() throws IOException {
        return HttpHead.read(in);
    }

    /** The body as it was before a proxy compressed it. */
    InputStream body(HttpHead head) throws IOException {
        InputStream body = new HttpBody(in, head);
        return head.field("content-encoding").orElse("").equals("gzip") ? new GZIPInputStream(body) : body;
    }

    /** The body of an answer that is no stream. */
    String text(HttpHead head) throws IOException {
        return new String(body(head).readNBytes(MOST_OF_A_BODY), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            leg.drop();
        } catch (IOException e) {
            // Nobody waits for it.
        }
    }
}
