package prosa.adapter.tcp;

import prosa.test.wire.TcpTextContract;

class TcpTextContractTest extends TcpTextContract {
    TcpTextContractTest() {
        super(folder -> TcpHouse.open(), TcpHouse::inPortuguese);
    }
}
