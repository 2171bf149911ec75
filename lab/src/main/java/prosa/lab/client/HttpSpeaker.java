package prosa.lab.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Says things by POST, one after the other on one connection. For one thread. */
final class HttpSpeaker implements Speaker {
    private static final int ANSWER_MILLIS = 20_000;

    private final Connection connection;
    private final Address address;
    private final String target;
    private final Input in;

    HttpSpeaker(Connection connection, Address address, Following following) throws IOException {
        this.connection = connection;
        this.address = address;
        this.target = "/messages?room=" + following.room() + "&name=" + following.name();
        this.in = new Input(connection.input());
        connection.limitReads(ANSWER_MILLIS);
        connection.opened();
    }

    @Override
    public void say(String text) throws IOException {
        sayBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void sayBytes(byte[] body) throws IOException {
        byte[] head = HttpRequests.post(target, address, body.length).getBytes(StandardCharsets.UTF_8);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        connection.write(request);
        connection.upTally().count(ByteKind.FRAMING, head.length);
        connection.upTally().count(ByteKind.PAYLOAD, body.length);
        HttpHead answer = HttpHead.read(in);
        answer.expect(201, in);
        HttpBody http = new HttpBody(in, answer);
        long length = http.readAllBytes().length;
        connection.downTally().count(ByteKind.NOTICE, answer.bytes() + length + http.takeFraming());
    }

    @Override
    public boolean waitsForTheAnswer() {
        return true;
    }

    @Override
    public Connection connection() {
        return connection;
    }
}
