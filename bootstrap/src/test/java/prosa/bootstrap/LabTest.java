package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Tab.Key;

/** The lab's page: a race over four wires, the bytes of each, and its faults with what becomes of them. */
class LabTest extends PageTest {
    private static final List<String> WIRES = List.of("websocket", "sse", "ndjson", "tcp");

    /** The lab says one message by itself. */
    private static final int FIRST = 1;

    private Tab tab;

    @BeforeEach
    void enter() {
        tab = opened();
    }

    private Tab opened() {
        Tab opened = visit.tab().open(prosa.url("/lab/"));
        WIRES.forEach(wire -> awaitState(opened, wire, "open"));
        WIRES.forEach(wire -> opened.await(balanceCount(wire, "arrived") + " === '" + FIRST + "'"));
        return opened.awaitVisible("#say:enabled");
    }

    @Test
    void oneMessageIsRacedByItself() {
        for (String wire : WIRES) {
            assertEquals("1", cell("race-table", wire, 2));
            assertEquals("1", balance(wire, "arrived"));
            awaitPayload(wire, "4f 69 20 23 31"); // Oi #1
        }
        tab.await("document.querySelectorAll('#histogram-table tbody tr').length > 0");
    }

    @Test
    void noLabelOfAPlotIsCut() {
        tab.evaluate("""
                {
                    const { fillText } = CanvasRenderingContext2D.prototype;
                    window.drawn = [];
                    window.cut = [];
                    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
                        const { width } = this.measureText(text);
                        const { a, b, e } = this.getTransform();
                        const left = e + a * (x - ({ center: width / 2, right: width }[this.textAlign] ?? 0));
                        window.drawn.push(text);
                        if (b === 0 && (left < 0 || left + width > this.canvas.width)) window.cut.push(text);
                        fillText.call(this, text, x, y);
                    };
                }""");
        tab.click("[data-speak=pt]")
                .await("['1', '10', '100', '1 s', '10 s'].every(label => window.drawn.includes(label))");
        assertEquals(List.of(), tab.strings("window.cut"));
    }

    @Test
    void aMessageArrivesOverAllFourWires() {
        tab.click("#words").evaluate("document.activeElement.select()");
        tab.type("Olá!").click("#say");
        WIRES.forEach(wire -> awaitBalance(wire, "arrived", FIRST + 1));
        for (String wire : WIRES) {
            double delay = Double.parseDouble(cell("race-table", wire, 1));
            assertTrue(delay >= 0 && delay < 5_000, wire + ": " + delay);
            assertEquals("2", cell("race-table", wire, 2));
            awaitPayload(wire, "4f 6c c3 a1 21 20 23 32");
        }
        tab.await("document.querySelectorAll('#histogram-table tbody tr').length > 0");
        assertEquals(
                3,
                tab.evaluate("document.querySelectorAll('.plot canvas').length").asInt());
    }

    @Test
    void itRepeatsUntilItIsStopped() {
        tab.click("#repeat").awaitVisible("#repeat[aria-pressed=true]");
        awaitBalance("sse", "arrived", FIRST + 1);
        tab.click("#repeat").awaitVisible("#repeat[aria-pressed=false]");
    }

    @Test
    void theBytesThatAreShownAreThoseThatWereRelayed() {
        say(3);
        tab.await("document.querySelectorAll('#sums-table tbody tr').length === 4");
        for (String wire : WIRES) {
            int kinds = 0;
            for (int column = 1; column <= 5; column++) {
                kinds += number("sums-table", wire, column);
            }
            assertEquals(kinds, number("sums-table", wire, 6) + number("sums-table", wire, 7), wire);
            assertTrue(number("sums-table", wire, 4) >= 3 * "Oi #1".length(), wire);
        }
        String frame = tab.text("#dump-websocket pre");
        assertTrue(frame.contains("81 7e"), frame); // a text frame with a length of 16 bits
        assertTrue(tab.text("#dump-sse").contains("data:"));
    }

    @Test
    void whatIsCutComesBackAndIsReplayed() {
        for (int i = 0; i < WIRES.size(); i++) {
            String wire = WIRES.get(i);
            press(wire, "cut");
            awaitState(tab, wire, "lost");
            tab.click("#say");
            List.of("clientNoticed", "serverNoticed", "resumed", "replayed").forEach(what -> awaitJournal(wire, what));
            awaitBalance(wire, "replayed", 1);
            awaitBalance(wire, "arrived", FIRST + i + 1);
        }
        tab.click("#say");
        for (String wire : WIRES) {
            awaitBalance(wire, "arrived", FIRST + WIRES.size() + 1);
            assertEquals(
                    List.of("1", "0", "0"),
                    List.of(balance(wire, "replayed"), balance(wire, "lost"), balance(wire, "doubled")));
        }
        forgiveCuts();
    }

    @Test
    void whatHappensIsDrawnAsItHappensAndItsTableIsCopied() {
        tab.evaluate("""
                Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } })""");
        String drawn = "document.querySelector('#story canvas').toDataURL()";
        String before = tab.evaluate(drawn).asString();
        press("sse", "stall");
        tab.await(drawn + " !== " + Tab.quoted(before));
        String begun = tab.evaluate(drawn).asString();
        tab.await(drawn + " !== " + Tab.quoted(begun)); // the stretch grows while nothing else happens
        press("sse", "heal");
        tab.click("[data-copies=journal]");
        tab.await("window.copied !== undefined");
        List<String> lines = tab.evaluate("window.copied").asString().lines().toList();
        assertEquals("s\tWire\twhat happened", lines.getFirst());
        assertTrue(lines.get(1).matches("[0-9.]+\tEventSource\tHealed"), lines.get(1));
        assertTrue(lines.get(2).matches("[0-9.]+\tEventSource\tStall"), lines.get(2));
    }

    @Test
    void theLabNeedsNoMouse() {
        tabTo("document.activeElement.id === 'words'");
        tab.press(Key.ENTER);
        awaitBalance("tcp", "arrived", FIRST + 1);
        tabTo("document.activeElement.matches('[data-wire=ndjson] [data-fault=cut]')");
        tab.press(Key.SPACE);
        awaitJournal("ndjson", "resumed");
        tabTo("document.activeElement.id === 'journal'");
        tabTo("document.activeElement.id === 'six'");
        tabTo("document.activeElement.id === 'dump-tcp'");
        forgiveCuts();
    }

    private void tabTo(String place) {
        for (int presses = 0; !tab.evaluate(place).asBoolean(); presses++) {
            assertTrue(presses < 60, () -> "not to be reached: " + place);
            tab.press(Key.TAB);
        }
    }

    @Test
    void withoutResumingWhatIsSaidMeanwhileIsGone() {
        tab.click("#resume").awaitVisible("#resume:not(:checked)");
        for (String wire : WIRES) {
            press(wire, "cut");
            awaitState(tab, wire, "lost");
            tab.click("#say");
            awaitJournal(wire, "returned");
            tab.click("#say");
            awaitJournal(wire, "gone");
            awaitBalance(wire, "lost", 1);
        }
        forgiveCuts();
    }

    @Test
    void halfOpenNobodyNoticesUntilItIsHealed() {
        press("sse", "half-open");
        tab.click("#say");
        awaitBalance("tcp", "arrived", FIRST + 1);
        tab.await(faultText("sse") + ".includes('client: nothing noticed for 1.')");
        tab.await(faultText("sse") + ".includes('server: nothing noticed for 1.')");
        tab.await(faultText("sse") + ".includes('bytes sent that have not arrived yet')");
        assertEquals("" + FIRST, balance("sse", "arrived"));
        press("sse", "heal");
        awaitJournal("sse", "resumed");
        awaitBalance("sse", "arrived", FIRST + 1);
        awaitBalance("sse", "replayed", 1);
        forgiveCuts();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stall", "buffer"})
    void whatIsHeldBackArrivesOnceItIsHealed(String fault) {
        WIRES.forEach(wire -> press(wire, fault));
        tab.click("#say");
        tab.await("performance.now() > (window.wasSaid ??= performance.now()) + 500");
        WIRES.forEach(wire -> assertEquals("" + FIRST, balance(wire, "arrived"), wire));
        WIRES.forEach(wire -> press(wire, "heal"));
        WIRES.forEach(wire -> awaitBalance(wire, "arrived", FIRST + 1));
        WIRES.forEach(wire -> assertEquals("0", balance(wire, "replayed"), wire));
    }

    @Test
    void aProxyThatHeedsTheHeadersLetsTheStreamsPass() {
        List.of("websocket", "sse", "ndjson").forEach(wire -> press(wire, "buffer-heeding"));
        press("tcp", "buffer-heeding"); // has no head that could forbid it
        tab.click("#say");
        List.of("websocket", "sse", "ndjson").forEach(wire -> awaitBalance(wire, "arrived", FIRST + 1));
        assertEquals("" + FIRST, balance("tcp", "arrived"));
    }

    @Test
    void aThrottleMakesAMessageLate() {
        press("sse", "throttle");
        tab.click("#say");
        awaitBalance("sse", "arrived", FIRST + 1);
        assertTrue(
                Double.parseDouble(cell("race-table", "sse", 1).replace(",", "")) > 800, cell("race-table", "sse", 1));
        assertTrue(
                Double.parseDouble(cell("race-table", "tcp", 1).replace(",", "")) < 800, cell("race-table", "tcp", 1));
    }

    @Test
    void nobodyElseIsHurt() throws Exception {
        Tab other = opened();
        Tab ana = joined("Ana");
        try (Lines feed = prosa.feed()) {
            WIRES.forEach(wire -> press(wire, "cut"));
            WIRES.forEach(wire -> awaitJournal(wire, "resumed"));
            press("websocket", "half-open");
            say(ana, "still here").awaitVisible(".own[data-state=sent]");
            feed.await("still here");
            assertEquals(
                    List.of(),
                    other.strings("[...document.querySelectorAll('#journal tbody tr')].map(row => row.dataset.key)"));
            assertEquals(
                    0,
                    ana.evaluate("document.querySelectorAll('.message:not(.own)').length")
                            .asInt());
        }
        forgiveCuts();
    }

    /** One of the six is the stream of the lab's own events. */
    @Test
    void aBrowserOpensSixConnectionsAndWhatComesNextWaits() {
        tab.click("#six").awaitVisible("#six:disabled");
        tab.awaitVisible("#six:enabled");
        for (int feed = 1; feed <= 7; feed++) {
            String how = cell("six-table", "feed-" + feed, 1);
            assertTrue(feed <= 5 ? how.startsWith("open after") : how.equals("waits"), feed + " " + how);
        }
        String request = cell("six-table", "request", 1);
        assertTrue(request.startsWith("answered only when 3 feeds were closed"), request);
        assertEquals(
                "Seven feeds, and a request after them",
                tab.evaluate("document.querySelector('#six-table caption').textContent")
                        .asString());
        // All of it is closed again: the page goes on.
        say(1);
    }

    @Test
    void aTableIsCopiedAsTheLinesOfASpreadsheet() {
        tab.evaluate("""
                Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } })""");
        say(1);
        tab.click("[data-copies=race-table]");
        tab.await("window.copied !== undefined");
        List<String> lines = tab.evaluate("window.copied").asString().lines().toList();
        assertEquals("Wire\tlast\tmessages\tp50\tp99\tmax", lines.getFirst());
        assertEquals(1 + WIRES.size(), lines.size());
        assertTrue(lines.get(1).matches("WebSocket\t[0-9.,]+\t2\t.*"), lines.get(1));
        tab.await("document.querySelector('[data-copies=race-table]').textContent === 'Copied'");
    }

    /** As the server tells it; when it does, {@link LabSessionTest} knows. */
    @Test
    void whatTheServerLeftOutIsSaid() {
        assertFalse(tab.evaluate("document.querySelector('#left-out').checkVisibility()")
                .asBoolean());
        for (int count : List.of(3, 1_200)) {
            tab.toEach("EventSource.prototype", """
                    (source) => source.dispatchEvent(new MessageEvent('left-out', { data: '{"at":1,"count":%d}' }))""".formatted(count));
        }
        tab.awaitText("#left-out", "1,203 reports were left out");
        say(1);
    }

    private void awaitPayload(String wire, String hex) {
        tab.await(
                "[...document.querySelectorAll('#dump-%s .hex.payload')].map(run => run.textContent).join(' ') === '%s'"
                        .formatted(wire, hex));
    }

    private void say(int times) {
        for (int i = 1; i <= times; i++) {
            tab.click("#say");
            int expected = FIRST + i;
            WIRES.forEach(wire -> tab.await("Number(" + balanceCount(wire, "arrived") + ") >= " + expected));
        }
    }

    /** By keyboard: what a fault is doing is told above the other wires' buttons, and may move them. */
    private void press(String wire, String fault) {
        tab.evaluate("document.querySelector('[data-wire=%s] [data-fault=%s]').focus()".formatted(wire, fault));
        tab.press(Key.ENTER);
        awaitJournal(wire, fault.equals("heal") ? "healed" : "fault");
    }

    private static void awaitState(Tab tab, String wire, String state) {
        tab.awaitVisible("[data-wire=%s] .state[data-state=%s]".formatted(wire, state));
    }

    private void awaitJournal(String wire, String key) {
        tab.awaitVisible("#journal [data-wire=%s][data-key=%s]".formatted(wire, key));
    }

    private void awaitBalance(String wire, String name, int count) {
        tab.await(balanceCount(wire, name) + " === '" + count + "'");
    }

    private String balance(String wire, String name) {
        return tab.evaluate(balanceCount(wire, name)).asString();
    }

    private static String balanceCount(String wire, String name) {
        return "document.querySelector('.wire-faults[data-wire=%s] [data-name=%s]').dataset.count"
                .formatted(wire, name);
    }

    private static String faultText(String wire) {
        return "document.querySelector('.wire-faults[data-wire=%s]').textContent".formatted(wire);
    }

    private int number(String table, String wire, int column) {
        return Integer.parseInt(cell(table, wire, column).replace(",", ""));
    }

    private String cell(String table, String wire, int column) {
        return tab.evaluate("document.querySelector('#%s tr[data-row=%s]').cells[%d].textContent"
                        .formatted(table, wire, column))
                .asString();
    }

    /** A browser can't but complain of connections that are reset. */
    private void forgiveCuts() {
        tab.complaints()
                .removeIf(complaint -> complaint.contains("ERR_CONNECTION_RESET")
                        || complaint.contains("WebSocket connection to")
                        || complaint.contains("ERR_INCOMPLETE_CHUNKED_ENCODING"));
    }
}
