package prosa.bootstrap;

import prosa.bootstrap.client.Wire;

class HttpTextContractTest extends HttpContract {
    HttpTextContractTest() {
        super(Wire.HTTP_TEXT);
    }
}
