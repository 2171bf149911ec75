package prosa.adapter.javalin;

import prosa.test.wire.WireContract;
import prosa.test.wire.client.Wire;

class WebSocketJsonContractTest extends WireContract {
    WebSocketJsonContractTest() {
        super(Wire.WEBSOCKET_JSON, folder -> HttpHouse.open());
    }
}
