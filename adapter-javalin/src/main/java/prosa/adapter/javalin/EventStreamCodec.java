package prosa.adapter.javalin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.delivery.Heartbeat;
import prosa.dialect.Dialect;

/** A dialect as Server-sent events (WHATWG HTML §9.2). Only what is kept has an id: a client resumes from nothing else. */
record EventStreamCodec(Dialect dialect) implements Codec {
    /** Milliseconds after which a browser comes back: drawn for each, or all that are cut off together would come back together. */
    private static final int LEAST_RETRY = 1_000;

    private static final int MOST_RETRY = 4_000;

    private static final Optional<Heartbeat> COMMENT =
            Optional.of(new Heartbeat(FeedStream.HEARTBEAT, ":\n\n".getBytes(StandardCharsets.UTF_8)));

    @Override
    public byte[] encode(Event event) {
        return switch (event) {
            case Event.Opening opening -> bytes("retry: " + retry() + "\nid: " + opening.at() + "\n\n");
            case Event.Said said -> block("id: " + said.message().id() + "\n", event);
            case Event.Removed removed -> block("id: " + removed.entry().id() + "\nevent: removed\n", event);
            case Event.Cleared cleared -> block("id: " + cleared.entry().id() + "\nevent: cleared\n", event);
            case Event.Joined joined -> block("event: joined\n", event);
            case Event.Left left -> block("event: left\n", event);
            case Event.Renamed renamed -> block("event: renamed\n", event);
            case Event.Presence presence -> block("event: presence\n", event);
            case Event.Acted acted -> block("event: acted\n", event);
            case Event.Gap gap -> block("event: gap\n", event);
            case Event.Private other -> new byte[0];
        };
    }

    private static int retry() {
        return ThreadLocalRandom.current().nextInt(LEAST_RETRY, MOST_RETRY + 1);
    }

    private byte[] block(String fields, Event event) {
        List<String> lines = dialect.write(event);
        if (lines.isEmpty()) {
            return new byte[0];
        }
        StringBuilder block = new StringBuilder(fields);
        // A data field ends at CR, LF or CRLF: a dialect's lines contain none of them.
        lines.forEach(line ->
                line.lines().forEach(part -> block.append("data: ").append(part).append('\n')));
        return bytes(block.append('\n').toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Heartbeat> heartbeat() {
        return COMMENT;
    }
}
