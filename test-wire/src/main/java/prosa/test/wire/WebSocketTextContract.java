package prosa.test.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.function.Function;
import prosa.test.wire.client.Wire;
import prosa.test.wire.client.WireClient;

/** People over WebSocket are asked in their browser's language. */
public abstract class WebSocketTextContract extends WireContract {
    protected WebSocketTextContract(Function<Path, House> opens) {
        super(Wire.WEBSOCKET_TEXT, opens);
    }

    @Override
    void assertAsksForAName(WireClient english, WireClient portuguese) {
        assertTrue(english.awaitAsk().contains("name"));
        assertTrue(portuguese.awaitAsk().contains("nome"));
    }
}
