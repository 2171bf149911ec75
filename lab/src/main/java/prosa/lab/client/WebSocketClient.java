package prosa.lab.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import prosa.lab.Wire;

/** WebSocket (RFC 6455): an upgrade of HTTP, and then frames in both directions, each with one or more JSON objects, a line each. */
final class WebSocketClient extends Reading implements Talker {
    private final SecureRandom random = new SecureRandom();
    private final Address address;
    private final Following following;
    /** The beginning of a message whose last frame has not come. */
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    private int framing;

    WebSocketClient(Connection connection, Address address, Following following) {
        super(Wire.WEBSOCKET, connection, following);
        this.address = address;
        this.following = following;
    }

    @Override
    void open() throws IOException {
        WebSocketKey key = WebSocketKey.random();
        String target = "/chat?" + following.query("name=" + following.name() + "&");
        write(ByteKind.HANDSHAKE, HttpRequests.upgrade(target, address, key.sent()));
        HttpHead head = HttpHead.read(in);
        head.expect(101, in);
        if (!head.field("sec-websocket-accept").orElse("").equals(key.accepted())) {
            throw new IOException("the upgrade was answered with a wrong key");
        }
        read(ByteKind.HANDSHAKE, head.bytes());
        readToTheWelcome();
    }

    @Override
    boolean readNext() throws IOException {
        WebSocketFrame frame = WebSocketFrame.read(in);
        int length = frame.header() + frame.payload().length;
        switch (frame.opcode()) {
            case WebSocketFrame.PING -> {
                heartbeat(length);
                send(WebSocketFrame.PONG, frame.payload(), ByteKind.HEARTBEAT);
            }
            case WebSocketFrame.PONG -> heartbeat(length);
            case WebSocketFrame.CLOSE -> {
                read(ByteKind.NOTICE, length);
                tellOfClosing(frame.payload());
                send(WebSocketFrame.CLOSE, frame.payload(), ByteKind.NOTICE);
                return false;
            }
            case WebSocketFrame.TEXT, WebSocketFrame.CONTINUATION -> part(frame);
            default -> throw new IOException("a frame of opcode " + frame.opcode());
        }
        return true;
    }

    private void part(WebSocketFrame frame) throws IOException {
        framing += frame.header();
        message.writeBytes(frame.payload());
        if (!frame.last()) {
            return;
        }
        byte[] whole = message.toByteArray();
        boolean said = false;
        Input lines = new Input(new ByteArrayInputStream(whole));
        for (byte[] line = lines.line(); line.length > 0; line = lines.line()) {
            byte[] json = LineFollower.bare(line);
            framing += line.length - json.length;
            said |= json.length > 0 && hear(json);
        }
        read(said ? ByteKind.FRAMING : ByteKind.NOTICE, framing);
        message.reset();
        framing = 0;
    }

    private void tellOfClosing(byte[] payload) {
        boolean hasCode = payload.length >= 2;
        int code = hasCode ? (payload[0] & 0xff) << 8 | payload[1] & 0xff : WebSocketFrame.NO_CODE;
        closing(code, hasCode ? new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8) : "");
    }

    @Override
    public void say(String text) throws IOException {
        frame(JsonLine.say(text).getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Override
    public void sayBytes(byte[] text) throws IOException {
        frame(JsonLine.say(text), text.length);
    }

    private void frame(byte[] json, int payload) throws IOException {
        connection().write(WebSocketFrame.masked(WebSocketFrame.TEXT, json, random.nextInt()));
        countSay(payload, json.length, WebSocketFrame.maskedHeader(json.length));
    }

    private void send(int opcode, byte[] payload, ByteKind kind) throws IOException {
        byte[] frame = WebSocketFrame.masked(opcode, payload, random.nextInt());
        connection().write(frame);
        connection().upTally().count(kind, frame.length);
    }
}
