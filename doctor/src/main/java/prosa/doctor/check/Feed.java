package prosa.doctor.check;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import prosa.lab.client.HttpHead;
import prosa.lab.client.Input;

/** The feed of the room, as a browser asks for it. For one thread. */
final class Feed implements Closeable {
    /** What browsers take, of what can be read here. */
    private static final List<String> FIELDS = List.of("Accept: text/event-stream", "Accept-Encoding: gzip");

    private final Exchange exchange;
    private final HttpHead head;
    private final Input lines;

    private Feed(Exchange exchange, HttpHead head, InputStream body) {
        this.exchange = exchange;
        this.head = head;
        this.lines = new Input(body);
    }

    /** Something other than the feed was answered. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(HttpHead head) {
            super("HTTP " + head.status() + " " + head.field("content-type").orElse(""));
        }
    }

    /**
     * @param fields of the head, each a line
     * @param within which all that is read has to come
     */
    static Feed open(Site site, Duration within, String... fields) throws IOException {
        Exchange exchange = Exchange.begin(
                site,
                "GET",
                "/feed?room=" + site.room(),
                Stream.concat(FIELDS.stream(), Stream.of(fields)).toList(),
                within);
        try {
            HttpHead head = exchange.head();
            boolean isFeed = head.status() == 200
                    && head.field("content-type").orElse("").startsWith("text/event-stream");
            if (!isFeed) {
                throw new Refused(head);
            }
            // Not opened before something of it has come: of a compressed one the beginning is read at once.
            return new Feed(exchange, head, new Late(() -> exchange.body(head)));
        } catch (IOException e) {
            exchange.close();
            throw e;
        }
    }

    HttpHead head() {
        return head;
    }

    Arrivals arrivals() {
        return exchange.arrivals();
    }

    /** Since it was asked for. */
    Duration age() {
        return exchange.age();
    }

    /** Waits for the block with which it opens. */
    void awaitOpening() throws IOException {
        await("id:");
    }

    /** Waits for an event of that name. */
    void awaitEvent(String name) throws IOException {
        await("event: " + name);
    }

    private void await(String beginning) throws IOException {
        while (!line().startsWith(beginning)) {}
    }

    /** The next line, whatever it is. */
    String line() throws IOException {
        byte[] line = lines.line();
        if (line.length == 0) {
            throw new EOFException("the feed has ended");
        }
        return new String(line, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        exchange.close();
    }

    private interface Opening {
        InputStream open() throws IOException;
    }

    /** A stream that is opened by its first read. */
    private static final class Late extends InputStream {
        private final Opening opening;
        private InputStream opened = nullInputStream();
        private boolean open;

        Late(Opening opening) {
            this.opening = opening;
        }

        private InputStream opened() throws IOException {
            if (!open) {
                opened = opening.open();
                open = true;
            }
            return opened;
        }

        @Override
        public int read() throws IOException {
            return opened().read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return opened().read(into, offset, length);
        }
    }
}
