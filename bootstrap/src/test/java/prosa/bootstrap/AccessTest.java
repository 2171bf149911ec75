package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Tab.Key;
import tools.jackson.databind.JsonNode;

/**
 * The pages keep everybody in: what axe knows of barriers (WCAG, and what is known to help) is on none of them, by day or by night. Each is
 * looked at in one language, as axe sees the same elements in both.
 */
class AccessTest extends PageTest {
    private static final String ALL = "{ resultTypes: ['violations'] }";

    /** By night a page differs in these alone. */
    private static final String COLOURS = "{ resultTypes: ['violations'], runOnly: ['color-contrast'] }";

    private static final String RUN = "axe.run(document, %s).then(found => found.violations"
            + ".flatMap(({ id, help, nodes }) => nodes.map(node => `${id}: ${help}: ${node.html}`)))";

    @Test
    void theChatHasNoBarriers() throws Exception {
        try (Lines bia = prosa.telnet("Bia")) {
            Tab tab = visit.tab("pt-BR").open(prosa.url("/")).awaitVisible("#status[data-state=ready]");
            assertNoBarriers(tab);
            knock(tab, "Bia").await("document.getElementById('name-error').textContent !== ''");
            assertNoBarriers(tab);
            awaitOnline(knock(tab, "Ana"));
            bia.send("hello", "/msg Ana a secret");
            say(tab, "hello, Bia").awaitVisible(".own[data-state=sent]").awaitVisible(".message.private");
            say(tab, "/help").awaitVisible(".notice.help");
            assertNoBarriers(tab);
            tab.resize(320, 480, true).click("#people-toggle").awaitVisible("#people");
            assertNoBarriers(tab);
        }
    }

    @Test
    void keepingOrderHasNoBarriers() throws Exception {
        Tab eva = join(visit.tab("en-US").open(prosa.url("/")), "Eva");
        Tab olga = operator(join(visit.tab("en-US").open(prosa.url("/")), "Olga"));
        olga.click("#people .menu summary").awaitVisible("#people .measures");
        assertNoBarriers(olga);
        olga.click("#people .measures button");
        eva.awaitVisible("[data-hushed=true]");
        assertNoBarriers(eva);
        say(olga, "/help").awaitVisible(".notice.help").click("#room-menu summary");
        assertNoBarriers(olga);
        olga.click("[data-act=close]").awaitVisible("#shown-key");
        assertNoBarriers(olga);
        olga.press(Key.ESCAPE);
        say(olga, "/ban @203.0.113.7").await("document.querySelectorAll('.notice.acted').length === 3");
        say(olga, "/bans").awaitVisible("#answer .list");
        assertNoBarriers(olga);
        olga.press(Key.ESCAPE);
        say(olga, "/acts").awaitVisible("#answer time");
        assertNoBarriers(olga);
        olga.press(Key.ESCAPE);
        say(olga, "/kick Eva");
        eva.awaitVisible("[data-state=expelled] #retry");
        assertNoBarriers(eva);
        eva.click("#retry").awaitVisible("#key");
        assertNoBarriers(eva);
        olga.resize(320, 480, true).click("#room-menu summary").awaitVisible("#room-menu .measures");
        assertNoBarriers(olga);
    }

    @Test
    void theFeedHasNoBarriers() throws Exception {
        prosa.post("Caio", "hello");
        Tab tab = visit.tab("en-US").open(prosa.url("/feed.html")).awaitText(".message .text", "hello");
        assertNoBarriers(tab);
    }

    @Test
    void theLabHasNoBarriers() throws Exception {
        Tab tab = visit.tab("pt-BR").open(prosa.url("/lab/"));
        tab.awaitVisible("[data-wire=tcp] [data-name=arrived][data-count='1']");
        tab.click("[data-wire=sse] [data-fault=stall]").awaitVisible("#journal [data-wire=sse]");
        assertNoBarriers(tab);
    }

    @ParameterizedTest
    @CsvSource({"/tutorial/, main", "/tutorial/websocket.html, #log li", "/tutorial/sse.html, main"})
    void theTutorialsHaveNoBarriers(String page, String shown) throws Exception {
        String address = prosa.url(page) + "?port=" + prosa.port("sse");
        assertNoBarriers(visit.tab().open(address).awaitVisible(shown));
    }

    private static void assertNoBarriers(Tab tab) throws IOException {
        if (!tab.evaluate("'axe' in window").asBoolean()) {
            try (InputStream axe = AccessTest.class.getResourceAsStream("/axe.min.js")) {
                assertNotNull(axe);
                tab.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        for (boolean dark : List.of(false, true)) {
            List<String> found = tab.prefersDark(dark)
                    .promised(RUN.formatted(dark ? COLOURS : ALL))
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
            assertEquals(List.of(), found, dark ? "by night" : "by day");
        }
    }
}
