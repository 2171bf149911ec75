package prosa.bootstrap;

import prosa.test.wire.WebSocketTextContract;

class WebSocketTextContractTest extends WebSocketTextContract {
    WebSocketTextContractTest() {
        super(RunningHouse::onDisk);
    }
}
