package prosa.test.wire.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;

final class TcpWire extends TalkingWire {
    private final LineClient client;

    TcpWire(URI server, String room, Optional<String> since, boolean json) throws IOException {
        super(room, since, json);
        client = new LineClient(server);
        if (json) {
            // Whoever connects may be a person: the question in words comes before we could say that we are a program.
            client.lines().next(line -> line.startsWith("* "));
            client.send("prosa.v1\n");
        } else if (!room.equals("main")) {
            client.lines().next(line -> line.startsWith("* "));
            client.send("/join " + room + "\r\n");
        }
        client.lines().forEach(this::hear, heard()::end);
    }

    @Override
    protected void send(String message) {
        client.send(message + "\n");
    }

    /** Closes its side, and waits for the server's. */
    @Override
    public void close() {
        try {
            client.closeOutput();
            client.lines().untilEnd();
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void vanish() {
        client.vanish();
    }
}
