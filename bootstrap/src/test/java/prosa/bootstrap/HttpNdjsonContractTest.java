package prosa.bootstrap;

import prosa.bootstrap.client.Wire;

class HttpNdjsonContractTest extends HttpContract {
    HttpNdjsonContractTest() {
        super(Wire.HTTP_NDJSON);
    }
}
