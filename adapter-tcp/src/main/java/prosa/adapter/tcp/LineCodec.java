package prosa.adapter.tcp;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.delivery.CloseReason;
import prosa.dialect.Dialect;
import prosa.dialect.JsonDialect;
import prosa.dialect.TextDialect;
import prosa.language.Language;

/** Lines on TCP, in UTF-8. Two of the same dialect are equal, so that all who speak it share a log. */
record LineCodec(Dialect dialect, String lineEnd) implements Codec {
    private static final byte[] NOTHING = {};

    /** For people: telnet's line end (RFC 854). */
    static LineCodec text(Language language, ZoneId zone) {
        return new LineCodec(new TextDialect(language, zone), "\r\n");
    }

    /** For programs. */
    static LineCodec json(Language language) {
        return new LineCodec(new JsonDialect(language), "\n");
    }

    @Override
    public Codec past() {
        return new LineCodec(dialect.past(), lineEnd);
    }

    @Override
    public boolean tellsToken() {
        return dialect.tellsToken();
    }

    @Override
    public byte[] encode(Event event) {
        return bytes(dialect.write(event));
    }

    byte[] encode(CloseReason reason) {
        return bytes(dialect.write(reason));
    }

    private byte[] bytes(List<String> lines) {
        return lines.isEmpty() ? NOTHING : (String.join(lineEnd, lines) + lineEnd).getBytes(StandardCharsets.UTF_8);
    }
}
