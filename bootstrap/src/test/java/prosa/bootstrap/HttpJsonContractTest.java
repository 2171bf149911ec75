package prosa.bootstrap;

import prosa.bootstrap.client.Wire;

class HttpJsonContractTest extends HttpContract {
    HttpJsonContractTest() {
        super(Wire.HTTP);
    }
}
