package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.bootstrap.browser.InBrowser;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Visit;
import prosa.lab.browser.Browser;

/** The lab's page over TLS: through a relay that ends it, to a server that may speak nothing else. */
@InBrowser
class LabOverTlsTest {
    private static final List<String> WIRES = List.of("websocket", "sse", "ndjson", "tcp");

    @TempDir
    Path folder;

    private static Tab open(Visit visit, RunningProsa prosa) {
        Tab tab = visit.tab().open("https://localhost:" + prosa.port("https") + "/lab/");
        WIRES.forEach(wire -> awaitState(tab, wire, "open"));
        WIRES.forEach(wire -> awaitArrived(tab, wire, 1));
        return tab.awaitVisible("#say:enabled");
    }

    private static void awaitState(Tab tab, String wire, String state) {
        tab.awaitVisible("[data-wire=%s] .state[data-state=%s]".formatted(wire, state));
    }

    private static void awaitArrived(Tab tab, String wire, int count) {
        tab.await("document.querySelector('.wire-faults[data-wire=%s] [data-name=arrived]').dataset.count === '%d'"
                .formatted(wire, count));
    }

    private static void press(Tab tab, String wire, String fault) {
        tab.evaluate("document.querySelector('[data-wire=%s] [data-fault=%s]').focus()".formatted(wire, fault));
        tab.press(Tab.Key.ENTER);
        awaitJournal(tab, wire, fault.equals("heal") ? "healed" : "fault");
    }

    private static void awaitJournal(Tab tab, String wire, String key) {
        tab.awaitVisible("#journal [data-wire=%s][data-key=%s]".formatted(wire, key));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Timeout(90)
    void everyWireIsThereWithItsBytesAndItsFaults(boolean plainToo, Browser browser) throws Exception {
        try (RunningProsa prosa = RunningProsa.encrypted(folder, plainToo);
                Visit visit = new Visit(browser)) {
            Tab tab = open(visit, prosa);
            for (String wire : WIRES) {
                tab.await(
                        "[...document.querySelectorAll('#dump-%s .hex.payload')].map(run => run.textContent).join(' ')"
                                        .formatted(wire)
                                + " === '4f 69 20 23 31'"); // Oi #1
            }
            WIRES.forEach(wire -> press(tab, wire, "stall"));
            tab.click("#say");
            tab.await("performance.now() > (window.wasSaid ??= performance.now()) + 300");
            WIRES.forEach(wire -> awaitArrived(tab, wire, 1));
            WIRES.forEach(wire -> press(tab, wire, "heal"));
            WIRES.forEach(wire -> awaitArrived(tab, wire, 2));
            for (int i = 0; i < WIRES.size(); i++) {
                press(tab, WIRES.get(i), "cut");
                awaitState(tab, WIRES.get(i), "lost");
                tab.click("#say");
                for (String what : List.of("clientNoticed", "serverNoticed", "resumed", "replayed")) {
                    awaitJournal(tab, WIRES.get(i), what);
                }
                awaitArrived(tab, WIRES.get(i), 3 + i);
            }
        }
    }

    @Test
    @Timeout(60)
    void thePageSaysThatItIsHttp2AndSevenFeedsAreNoTrouble(Browser browser) throws Exception {
        try (RunningProsa prosa = RunningProsa.encrypted(folder);
                Visit visit = new Visit(browser)) {
            Tab tab = open(visit, prosa);
            tab.awaitVisible("#tls").awaitText("#protocol", "This page came over HTTP/2");
            tab.click("#six").awaitVisible("#six:disabled").awaitVisible("#six:enabled");
            for (int feed = 1; feed <= 7; feed++) {
                String how = six(tab, "feed-" + feed);
                assertTrue(how.startsWith("open after"), feed + " " + how);
            }
            assertTrue(six(tab, "request").startsWith("answered after"), six(tab, "request"));
            tab.click("[data-speak=pt]").awaitText("#protocol", "Esta página veio por HTTP/2");

            Tab clear = visit.tab().open(prosa.url("/lab/"));
            clear.awaitText("#protocol", "This page came over HTTP/1.1");
            assertEquals(
                    "true",
                    clear.evaluate("String(document.getElementById('tls').hidden)")
                            .asString());
            assertEquals(List.of(), visit.complaints());
        }
    }

    private static String six(Tab tab, String row) {
        return tab.evaluate("document.querySelector('#six-table tr[data-row=%s]').cells[1].textContent".formatted(row))
                .asString();
    }
}
