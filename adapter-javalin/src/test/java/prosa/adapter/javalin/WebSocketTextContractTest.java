package prosa.adapter.javalin;

import prosa.test.wire.WebSocketTextContract;

class WebSocketTextContractTest extends WebSocketTextContract {
    WebSocketTextContractTest() {
        super(folder -> HttpHouse.open());
    }
}
