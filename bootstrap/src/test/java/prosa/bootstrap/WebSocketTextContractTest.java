package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import prosa.bootstrap.client.Wire;
import prosa.bootstrap.client.WireClient;

class WebSocketTextContractTest extends WireContract {
    WebSocketTextContractTest() {
        super(Wire.WEBSOCKET_TEXT);
    }

    @Override
    void assertAsksForAName(WireClient english, WireClient portuguese) {
        assertTrue(english.awaitAsk().contains("name"));
        assertTrue(portuguese.awaitAsk().contains("nome"));
    }
}
