package prosa.adapter.tcp;

import prosa.test.wire.WireContract;
import prosa.test.wire.client.Wire;

class TcpJsonContractTest extends WireContract {
    TcpJsonContractTest() {
        super(Wire.TCP_JSON, folder -> TcpHouse.open());
    }
}
