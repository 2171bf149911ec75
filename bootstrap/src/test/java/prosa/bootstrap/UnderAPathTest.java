package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.bootstrap.browser.Tab;

/** Behind a proxy that serves Prosa under a path of a site, the pages find all that is theirs, and ask for nothing of others'. */
class UnderAPathTest extends PageTest {
    private PathProxy site;

    @BeforeEach
    void serveUnderAPath() throws IOException {
        site = new PathProxy(prosa.port("http"));
    }

    /** After the tabs, which may ask for something still. */
    @AfterEach
    @Override
    void close() {
        try (PathProxy open = site) {
            super.close();
            assertEquals(List.of(), open.astray());
        }
    }

    @Test
    void oneTalksAndComesBack() throws Exception {
        Tab tab = join(visit.tab().open(site.url("/?room=main")), "Ana");
        say(tab, "through the proxy").awaitVisible("#items .own[data-state=sent]");
        assertEquals(prosa.ids(), shownIds(tab));
        tab.reload();
        awaitOnline(tab).awaitText(".own .text", "through the proxy");
        tab.click("#feed-link").awaitText(".message .text", "through the proxy");
        tab.click(".wordmark").await("location.pathname === '/prosa/'");
        awaitOnline(tab);
    }

    @Test
    void theFeedIsHeard() throws Exception {
        Tab feed = visit.tab().open(site.url("/feed.html")).awaitVisible("#status[data-state=open]");
        assertEquals("/prosa/feed?room=main&last=20", feed.text("#url"));
        prosa.post("Caio", "over HTTP");
        feed.awaitText(".message .text", "over HTTP");
    }

    @Test
    void theLabRacesAndBreaks() {
        Tab lab = visit.tab().open(site.url("/lab"));
        lab.await("location.pathname === '/prosa/lab/'");
        for (String wire : List.of("websocket", "sse", "ndjson", "tcp")) {
            lab.awaitVisible("[data-wire=" + wire + "] [data-name=arrived][data-count='1']");
        }
        lab.click("[data-wire=ndjson] [data-fault=stall]").awaitText("#journal", "Stall");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tutorial", "/tutorial/"})
    void theTutorialsAreFound(String address) {
        Tab tab = visit.tab().open(site.url(address));
        tab.click("a[href='websocket.html']").awaitText("#log", "Msg from server");
        tab.open(site.url("/tutorial/sse.html?port=" + prosa.port("sse"))).awaitVisible("#history li");
        tab.click("nav [data-words='page.chat']").awaitVisible("#name");
    }
}
