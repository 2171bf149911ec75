package prosa.adapter.javalin;

import prosa.test.wire.HttpContract;
import prosa.test.wire.client.Wire;

class HttpNdjsonContractTest extends HttpContract {
    HttpNdjsonContractTest() {
        super(Wire.HTTP_NDJSON, folder -> HttpHouse.open());
    }
}
