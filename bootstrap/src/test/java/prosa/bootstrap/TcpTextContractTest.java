package prosa.bootstrap;

import prosa.test.wire.TcpTextContract;

class TcpTextContractTest extends TcpTextContract {
    TcpTextContractTest() {
        super(RunningHouse::onDisk, RunningHouse::inPortuguese);
    }
}
