package prosa.adapter.tcp;

import prosa.test.wire.WireContract;
import prosa.test.wire.client.Wire;

class TlsJsonContractTest extends WireContract {
    TlsJsonContractTest() {
        super(Wire.TCP_JSON, folder -> TcpHouse.overTls());
    }
}
