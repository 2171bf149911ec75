package prosa.adapter.javalin;

import prosa.test.wire.HttpContract;
import prosa.test.wire.client.Wire;

class HttpTextContractTest extends HttpContract {
    HttpTextContractTest() {
        super(Wire.HTTP_TEXT, folder -> HttpHouse.open());
    }
}
