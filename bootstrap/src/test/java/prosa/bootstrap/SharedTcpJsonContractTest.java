package prosa.bootstrap;

import prosa.test.wire.WireContract;
import prosa.test.wire.client.Wire;

class SharedTcpJsonContractTest extends WireContract {
    SharedTcpJsonContractTest() {
        super(Wire.TCP_JSON, folder -> TwoNodes.open(Wire.TCP_JSON, folder));
    }
}
