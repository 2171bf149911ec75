package prosa.lab.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import prosa.lab.Wire;

/** TCP: a JSON object a line, in both directions, after a first line that asks for JSON. */
final class LineFollower extends Reading implements Talker {
    private final Following following;

    LineFollower(Connection connection, Following following) {
        super(Wire.TCP, connection, following);
        this.following = following;
    }

    /** The server greets in text before it can know; whoever does not wait for that saves a round trip. */
    @Override
    void open() throws IOException {
        String since = following
                .since()
                .map(place -> ",\"since\":" + JsonLine.quoted(place))
                .orElse("");
        write(
                ByteKind.HANDSHAKE,
                "prosa.v1\n{\"type\":\"join\",\"name\":%s,\"room\":%s%s}\n"
                        .formatted(JsonLine.quoted(following.name()), JsonLine.quoted(following.room()), since));
        read(ByteKind.HANDSHAKE, in.line().length);
        readToTheWelcome();
    }

    @Override
    boolean readNext() throws IOException {
        byte[] line = in.line();
        if (line.length == 0) {
            return false;
        }
        byte[] json = bare(line);
        boolean said = json.length > 0 && hear(json);
        read(said ? ByteKind.FRAMING : ByteKind.NOTICE, line.length - json.length);
        return true;
    }

    @Override
    public void say(String text) throws IOException {
        line(JsonLine.say(text).getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Override
    public void sayBytes(byte[] text) throws IOException {
        line(JsonLine.say(text), text.length);
    }

    private void line(byte[] json, int payload) throws IOException {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        connection().write(line);
        countSay(payload, json.length, 1);
    }

    /** Without its end: LF, or CRLF. */
    static byte[] bare(byte[] line) {
        int end = line.length;
        while (end > 0 && (line[end - 1] == '\n' || line[end - 1] == '\r')) {
            end--;
        }
        return Arrays.copyOf(line, end);
    }
}
