package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.bootstrap.browser.Tab;

class TutorialPageTest extends PageTest {
    @Test
    void theVoltageIsShownAsItIsMeasured() {
        Tab tab = visit.tab().open(prosa.url("/tutorial/sse.html?port=" + prosa.port("sse")));
        tab.awaitVisible("#status[data-state=open]").await("document.querySelectorAll('#history li').length > 0");
        int volts = Integer.parseInt(tab.text("#voltage"));
        assertTrue(volts >= 100 && volts <= 126, () -> volts + " V");
    }

    /** A page that came over TLS may read nothing from a port in the clear. */
    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void itsOwnServerTellsTheVoltageToo(String scheme) throws Exception {
        try (RunningProsa both = RunningProsa.encrypted(folder.resolve(scheme))) {
            String address = scheme + "://localhost:" + both.port(scheme) + "/tutorial/";
            Tab tab = visit.tab().open(address + "sse.html");
            tab.awaitVisible("#status[data-state=open]").awaitText("#url", address + "voltage");
            tab.await("document.querySelectorAll('#history li').length > 1");
            int volts = Integer.parseInt(tab.text("#voltage"));
            assertTrue(volts >= 100 && volts <= 126, () -> volts + " V");
        }
    }

    @Test
    void theWebSocketGreetsAndTakesATextWithoutAnswering() {
        Tab tab = visit.tab().open(prosa.url("/tutorial/websocket.html"));
        tab.awaitVisible("#status[data-state=open]").awaitText("#log", "Msg from server");
        tab.click("#text").type("hello <b>server</b>").click("#send");
        tab.awaitText("#log", "hello <b>server</b>");
        tab.await("document.getElementById('text').value === ''");
    }

    @Test
    void theIndexLeadsToBoth() {
        Tab tab = visit.tab().open(prosa.url("/tutorial/"));
        tab.click("a[href$='websocket.html']").awaitText("#log", "Msg from server");
    }
}
