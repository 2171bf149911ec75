package prosa.adapter.javalin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.delivery.Heartbeat;
import prosa.dialect.Dialect;

/** A dialect in WebSocket text frames: one event, one frame. */
record FrameCodec(Dialect dialect) implements Codec {
    private static final Optional<Heartbeat> PING = Optional.of(new Heartbeat(Duration.ofSeconds(20), Frames.PING));

    @Override
    public Codec past() {
        return new FrameCodec(dialect.past());
    }

    @Override
    public boolean tellsToken() {
        return dialect.tellsToken();
    }

    @Override
    public byte[] encode(Event event) {
        List<String> lines = dialect.write(event);
        return lines.isEmpty() ? new byte[0] : Frames.text(String.join("\n", lines));
    }

    @Override
    public Optional<Heartbeat> heartbeat() {
        return PING;
    }
}
