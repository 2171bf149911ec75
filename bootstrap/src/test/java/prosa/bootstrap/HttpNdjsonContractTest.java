package prosa.bootstrap;

import prosa.test.wire.HttpContract;
import prosa.test.wire.client.Wire;

class HttpNdjsonContractTest extends HttpContract {
    HttpNdjsonContractTest() {
        super(Wire.HTTP_NDJSON, RunningHouse::onDisk);
    }
}
