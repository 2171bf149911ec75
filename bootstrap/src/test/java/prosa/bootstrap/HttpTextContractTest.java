package prosa.bootstrap;

import prosa.test.wire.HttpContract;
import prosa.test.wire.client.Wire;

class HttpTextContractTest extends HttpContract {
    HttpTextContractTest() {
        super(Wire.HTTP_TEXT, RunningHouse::onDisk);
    }
}
