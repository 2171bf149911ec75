package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.bootstrap.browser.InBrowser;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Visit;
import prosa.lab.browser.Browser;
import prosa.lab.browser.Page;
import tools.jackson.databind.JsonNode;

/** A real browser over TLS: HTTP/2, and a WebSocket beside it. */
@InBrowser
class Http2PageTest {
    private static final String SEVEN_FEEDS_AND_A_POST = """
            (async () => {
              const feeds = [...Array(7).keys()].map(number => new EventSource('/feed?room=r' + number));
              const pause = millis => new Promise(done => setTimeout(done, millis));
              const open = () => feeds.filter(feed => feed.readyState === EventSource.OPEN).length;
              for (let i = 0; i < 100 && open() < 7; i++) await pause(10);
              const posted = fetch('/messages?room=r6&name=Ana', { method: 'POST', body: 'Oi!' }).then(answer => answer.status);
              const status = await Promise.race([posted, pause(1000).then(() => 0)]);
              const protocols = new Set(performance.getEntriesByType('resource').map(entry => entry.nextHopProtocol));
              const found = { open: open(), status, protocols: [...protocols].filter(protocol => protocol).join() };
              feeds.forEach(feed => feed.close());
              return found;
            })()""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"http, 6, 0", "https, 7, 201"})
    @Timeout(60)
    void sevenFeedsAndAPostAreNoTroubleOverHttp2(String scheme, int open, int status, Browser browser)
            throws Exception {
        try (RunningProsa prosa = RunningProsa.encrypted(folder);
                Page page = browser.open(scheme + "://localhost:" + prosa.port(scheme) + "/health")) {
            JsonNode found = page.run(SEVEN_FEEDS_AND_A_POST);
            assertEquals(open, found.get("open").asInt(), found::toString);
            assertEquals(status, found.get("status").asInt(), found::toString);
            if (scheme.equals("https")) {
                assertEquals("h2", found.get("protocols").asString());
            }
        }
    }

    /** No WebSocket is offered over HTTP/2: the browser opens a connection of HTTP/1.1 for it by itself. */
    @Test
    @Timeout(60)
    void theChatTalksOverASecondConnection(Browser browser) throws Exception {
        try (RunningProsa prosa = RunningProsa.encrypted(folder);
                Visit visit = new Visit(browser)) {
            Tab tab = visit.tab().open("https://localhost:" + prosa.port("https") + "/");
            assertTrue(tab.evaluate("location.protocol === 'https:' && isSecureContext")
                    .asBoolean());
            JsonNode welcomed = tab.promised("""
                    new Promise(done => {
                      const socket = new WebSocket(location.origin.replace('http', 'ws') + '/chat?name=Bia', 'prosa.v1');
                      socket.onmessage = event => { done(JSON.parse(event.data.split('\\n')[0]).type); socket.close(); };
                      socket.onerror = () => done('error');
                    })""");
            assertEquals("welcome", welcomed.asString());
        }
    }
}
