package prosa.bootstrap;

import prosa.bootstrap.client.Wire;

class TcpJsonContractTest extends WireContract {
    TcpJsonContractTest() {
        super(Wire.TCP_JSON);
    }
}
