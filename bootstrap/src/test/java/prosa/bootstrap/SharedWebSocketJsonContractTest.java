package prosa.bootstrap;

import prosa.test.wire.WireContract;
import prosa.test.wire.client.Wire;

class SharedWebSocketJsonContractTest extends WireContract {
    SharedWebSocketJsonContractTest() {
        super(Wire.WEBSOCKET_JSON, folder -> TwoNodes.open(Wire.WEBSOCKET_JSON, folder));
    }
}
