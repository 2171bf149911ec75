package prosa.lab.client;

import java.io.IOException;
import prosa.lab.Wire;

/** An HTTP response that never ends, with a JSON object a line; a blank line only says that it goes on. */
final class NdjsonFollower extends Reading {
    private final Address address;
    private final Following following;
    private Input body;
    private HttpBody http;

    NdjsonFollower(Connection connection, Address address, Following following) {
        super(Wire.NDJSON, connection, following);
        this.address = address;
        this.following = following;
        this.body = in;
        this.http = HttpBody.NONE;
    }

    @Override
    void open() throws IOException {
        String target = "/messages?" + following.query("follow&");
        write(ByteKind.HANDSHAKE, HttpRequests.get(target, address, "application/x-ndjson"));
        HttpHead head = HttpHead.read(in);
        head.expect(200, in);
        read(ByteKind.HANDSHAKE, head.bytes());
        http = new HttpBody(in, head);
        body = new Input(http);
        readToTheWelcome();
    }

    @Override
    boolean readNext() throws IOException {
        byte[] line = body.line();
        if (line.length == 0) {
            read(ByteKind.NOTICE, http.takeFraming());
            return false;
        }
        byte[] json = LineFollower.bare(line);
        long framing = line.length - json.length + http.takeFraming();
        if (json.length == 0) {
            heartbeat(framing);
            return true;
        }
        read(hear(json) ? ByteKind.FRAMING : ByteKind.NOTICE, framing);
        return true;
    }
}
