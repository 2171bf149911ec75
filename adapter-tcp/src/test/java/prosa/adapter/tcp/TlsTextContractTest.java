package prosa.adapter.tcp;

import prosa.test.wire.TcpTextContract;

class TlsTextContractTest extends TcpTextContract {
    TlsTextContractTest() {
        super(folder -> TcpHouse.overTls(), TcpHouse::overTlsInPortuguese);
    }
}
