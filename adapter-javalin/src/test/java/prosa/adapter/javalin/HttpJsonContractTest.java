package prosa.adapter.javalin;

import prosa.test.wire.HttpContract;
import prosa.test.wire.client.Wire;

class HttpJsonContractTest extends HttpContract {
    HttpJsonContractTest() {
        super(Wire.HTTP, folder -> HttpHouse.open());
    }
}
