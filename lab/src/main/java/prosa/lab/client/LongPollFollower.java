package prosa.lab.client;

import java.io.IOException;
import java.util.List;
import prosa.lab.Wire;

/**
 * One request after the other on one connection: each is answered as soon as there is something, and the next one asks for more. If an
 * answer is the connection's last, the next request goes out on another.
 */
final class LongPollFollower extends Reading {
    private static final int WAIT_SECONDS = 25;
    private static final String POSITION = "prosa-position";

    private final Address address;
    private final Following following;

    LongPollFollower(Connection connection, Address address, Following following) {
        super(Wire.LONG_POLL, connection, following);
        this.address = address;
        this.following = following;
    }

    /** Without a place to begin at it first has to ask for one: between two polls nobody listens, but what came meanwhile is there. */
    @Override
    void open() throws IOException {
        if (following.since().isEmpty()) {
            write(
                    ByteKind.HANDSHAKE,
                    HttpRequests.get("/messages?" + following.query("wait=0&"), address, "application/json"));
            Answer answer = answer();
            read(ByteKind.HANDSHAKE, answer.bytes);
            if (answer.position.isEmpty()) {
                throw new IOException("the server does not know long polling: no Prosa-Position");
            }
            at(answer.position);
        }
        poll(ByteKind.HANDSHAKE);
    }

    private void poll(ByteKind kind) throws IOException {
        String target = "/messages?wait=" + WAIT_SECONDS + "&room=" + following.room() + "&since=" + position();
        write(kind, HttpRequests.get(target, address, "application/json"));
    }

    @Override
    boolean readNext() throws IOException {
        Answer answer = answer();
        List<byte[]> objects = JsonLine.split(answer.body);
        if (objects.isEmpty()) {
            heartbeat(answer.bytes);
        } else {
            long framing = answer.bytes;
            for (byte[] json : objects) {
                hear(json);
                framing -= json.length;
            }
            read(ByteKind.FRAMING, framing);
        }
        if (objects.isEmpty() && !answer.position.isEmpty()) {
            at(answer.position);
        }
        if (answer.last) {
            connection().again();
        }
        poll(ByteKind.FRAMING);
        return true;
    }

    private Answer answer() throws IOException {
        HttpHead head = HttpHead.read(in);
        head.expect(200, in);
        HttpBody http = new HttpBody(in, head);
        byte[] body = http.readAllBytes();
        return new Answer(
                body,
                head.field(POSITION).orElse(""),
                head.bytes() + body.length + http.takeFraming(),
                head.field("connection").filter("close"::equalsIgnoreCase).isPresent());
    }

    /**
     * @param position where the server was, or empty if it did not say
     * @param bytes how long it was with its head
     * @param last whether the server ends the connection with it (RFC 9112 §9.6)
     */
    private record Answer(byte[] body, String position, long bytes, boolean last) {}
}
