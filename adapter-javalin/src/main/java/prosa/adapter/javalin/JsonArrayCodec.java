package prosa.adapter.javalin;

import java.nio.charset.StandardCharsets;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.dialect.JsonDialect;

/**
 * An excerpt as one JSON array, an object a message.
 *
 * @param first the offset of its first message, before which no comma stands
 */
record JsonArrayCodec(long first) implements Codec {
    @Override
    public byte[] encode(Event event) {
        return switch (event) {
            case Event.LookBack begin -> bytes("[");
            case Event.LookedBack end -> bytes("]");
            case Event.Said said ->
                bytes((said.message().id().offset() == first ? "" : ",") + JsonDialect.said(said.message()));
            case Event.Shared other -> new byte[0];
            case Event.Private other -> new byte[0];
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
