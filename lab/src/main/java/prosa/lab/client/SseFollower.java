package prosa.lab.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import prosa.lab.Wire;

/** Server-sent events: fields of text, and a blank line after each event (WHATWG HTML §9.2). */
final class SseFollower extends Reading {
    private final Address address;
    private final Following following;
    private Input body;
    private HttpBody http;

    SseFollower(Connection connection, Address address, Following following) {
        super(Wire.SSE, connection, following);
        this.address = address;
        this.following = following;
        this.body = in;
        this.http = HttpBody.NONE;
    }

    @Override
    void open() throws IOException {
        String target = "/feed?" + following.query("");
        write(ByteKind.HANDSHAKE, HttpRequests.get(target, address, "text/event-stream"));
        HttpHead head = HttpHead.read(in);
        head.expect(200, in);
        read(ByteKind.HANDSHAKE, head.bytes());
        http = new HttpBody(in, head);
        body = new Input(http);
        Event first = event();
        read(ByteKind.HANDSHAKE, first.bytes + http.takeFraming());
        at(first.id);
    }

    @Override
    boolean readNext() throws IOException {
        Event event = event();
        if (event.bytes == 0) {
            read(ByteKind.NOTICE, http.takeFraming());
            return false;
        }
        long framing = event.bytes + http.takeFraming();
        if (event.data.isEmpty()) {
            heartbeat(framing);
            return true;
        }
        byte[] json = event.data.getBytes(StandardCharsets.UTF_8);
        boolean said = hear(json);
        read(said ? ByteKind.FRAMING : ByteKind.NOTICE, framing - json.length);
        return true;
    }

    private Event event() throws IOException {
        String id = "";
        String data = "";
        int bytes = 0;
        while (true) {
            byte[] raw = body.line();
            bytes += raw.length;
            String line = new String(LineFollower.bare(raw), StandardCharsets.UTF_8);
            if (line.isEmpty()) {
                return new Event(id, data, raw.length == 0 ? 0 : bytes);
            }
            if (line.startsWith("data:")) {
                String more = line.substring(line.startsWith("data: ") ? 6 : 5);
                data = data.isEmpty() ? more : data + "\n" + more;
            } else if (line.startsWith("id:")) {
                id = line.substring(3).strip();
            }
        }
    }

    /**
     * @param bytes how long it was with all its fields; 0 if the stream ended before it did: an event cut short counts for nothing
     */
    private record Event(String id, String data, int bytes) {}
}
