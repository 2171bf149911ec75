package prosa.bootstrap;

import prosa.bootstrap.client.Wire;

class WebSocketJsonContractTest extends WireContract {
    WebSocketJsonContractTest() {
        super(Wire.WEBSOCKET_JSON);
    }
}
