package prosa.adapter.javalin;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.delivery.Heartbeat;
import prosa.dialect.Dialect;
import prosa.dialect.JsonDialect;
import prosa.language.Language;

/** JSON lines without end: NDJSON (application/x-ndjson), the JSON dialect with an LF after each object. */
record NdjsonCodec() implements Codec {
    /** Nothing that a feed tells has a sentence in it, so readers of all languages share one log. */
    private static final Dialect DIALECT = new JsonDialect(Language.ENGLISH);

    /** NDJSON's readers may skip empty lines, and those that people have written do. */
    private static final Optional<Heartbeat> EMPTY_LINE =
            Optional.of(new Heartbeat(FeedStream.HEARTBEAT, new byte[] {'\n'}));

    @Override
    public byte[] encode(Event event) {
        return DIALECT.write(event).stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Heartbeat> heartbeat() {
        return EMPTY_LINE;
    }
}
