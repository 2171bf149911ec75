package prosa.bootstrap;

import prosa.test.wire.HttpContract;
import prosa.test.wire.client.Wire;

class SharedHttpContractTest extends HttpContract {
    SharedHttpContractTest() {
        super(Wire.HTTP, folder -> TwoNodes.open(Wire.HTTP, folder));
    }
}
