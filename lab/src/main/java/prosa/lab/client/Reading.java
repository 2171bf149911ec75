package prosa.lab.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLException;
import prosa.lab.Wire;

/**
 * What all followers have in common: they read on a virtual thread of their own, tell a listener, and remember where they are. All but
 * {@link #position} and the connection belongs to that thread.
 */
abstract sealed class Reading implements Follower
        permits LineFollower, SseFollower, NdjsonFollower, LongPollFollower, WebSocketClient {
    /** An answer to a request to follow has to come within this; afterwards it may be silent for as long as it likes. */
    private static final int OPENING_MILLIS = 10_000;

    private final Wire wire;
    private final Connection connection;
    private final Listener listener;
    final Input in;
    private volatile String position;
    private volatile Opening opening = new Opening(Counts.NONE, Counts.NONE, 1);
    private boolean welcomed;

    Reading(Wire wire, Connection connection, Following following) {
        this.wire = wire;
        this.connection = connection;
        this.listener = following.listener();
        this.position = following.since().orElse("");
        this.in = new Input(connection.input());
    }

    /** Does all that it takes until the room is followed. */
    abstract void open() throws IOException;

    /** Reads what comes next and tells of it; false if the server has ended the connection in good order. */
    abstract boolean readNext() throws IOException;

    /** Opens, and reads on from then on. The listener is told on the thread that reads; of what comes with the welcome, on this one. */
    final void start() throws IOException {
        try {
            connection.limitReads(OPENING_MILLIS);
            open();
            opening = connection.opened();
            connection.limitReads(0);
        } catch (IOException e) {
            connection.close();
            throw e;
        }
        Thread.ofVirtual().name(wire.id() + "-follower").start(this::readToTheEnd);
    }

    private void readToTheEnd() {
        Optional<IOException> why = Optional.empty();
        try {
            while (readNext()) {}
        } catch (IOException e) {
            boolean own = connection.isEnded() && (e instanceof SocketException || e instanceof SSLException);
            why = own ? Optional.empty() : Optional.of(e);
        } finally {
            connection.close();
            listener.ended(why);
        }
    }

    /** Counts a JSON object that came and tells of it; returns whether it was a message. */
    final boolean hear(byte[] json) throws IOException {
        JsonLine line = JsonLine.parse(json);
        if (!line.isSaid()) {
            connection.downTally().count(ByteKind.NOTICE, json.length);
            tell(line);
            return false;
        }
        int payload = line.text().getBytes(StandardCharsets.UTF_8).length;
        connection.downTally().count(ByteKind.PAYLOAD, payload);
        connection.downTally().count(ByteKind.ENVELOPE, json.length - payload);
        position = line.id();
        listener.said(new Said(line.id(), line.text(), connection.arrivedNanos()));
        return true;
    }

    private void tell(JsonLine line) throws IOException {
        switch (line.type()) {
            case "welcome", "following" -> {
                welcomed = true;
                position = line.position();
            }
            case "refused" -> {
                if (!welcomed) {
                    throw new IOException("refused: " + line.reason());
                }
                listener.refused(line.reason());
            }
            case "ack" -> {
                listener.acknowledged(line.id());
                return;
            }
            default -> {}
        }
        listener.told(line.type());
    }

    /** Reads until the server has said that the room is followed; a replay may begin in the same frame. */
    final void readToTheWelcome() throws IOException {
        while (!welcomed) {
            if (!readNext()) {
                throw new EOFException("the connection ended before the room was followed");
            }
        }
    }

    final void read(ByteKind kind, long bytes) {
        connection.downTally().count(kind, bytes);
    }

    final void heartbeat(long bytes) {
        read(ByteKind.HEARTBEAT, bytes);
        listener.heartbeat();
    }

    final void closing(int code, String reason) {
        listener.closing(code, reason);
    }

    final void write(ByteKind kind, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        connection.write(bytes);
        connection.upTally().count(kind, bytes.length);
    }

    /** The message's bytes by kind, for a {@code say} whose JSON is {@code json}. */
    final void countSay(int payload, int json, int framing) {
        connection.upTally().count(ByteKind.PAYLOAD, payload);
        connection.upTally().count(ByteKind.ENVELOPE, json - payload);
        connection.upTally().count(ByteKind.FRAMING, framing);
    }

    final void at(String place) {
        position = place;
    }

    @Override
    public final Wire wire() {
        return wire;
    }

    @Override
    public final String position() {
        return position;
    }

    @Override
    public final Opening opening() {
        return opening;
    }

    @Override
    public final Connection connection() {
        return connection;
    }

    @Override
    public final void close() {
        connection.close();
    }
}
