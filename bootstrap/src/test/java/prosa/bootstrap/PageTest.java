package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import prosa.bootstrap.browser.InBrowser;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Tab.Key;
import prosa.bootstrap.browser.Visit;
import prosa.lab.browser.Browser;

/** Tests of the pages, as somebody sees them in a browser. After each of them the browser must have nothing to complain of. */
@InBrowser
abstract class PageTest {
    @TempDir
    Path folder;

    RunningProsa prosa;
    Visit visit;

    @BeforeEach
    void open(Browser browser) throws Exception {
        prosa = start(folder);
        visit = new Visit(browser);
    }

    /** The Prosa that is to be seen. */
    RunningProsa start(Path dataDir) throws Exception {
        return new RunningProsa(dataDir);
    }

    @AfterEach
    void close() {
        List<String> complaints = visit.complaints();
        visit.close();
        prosa.close();
        assertEquals(List.of(), complaints);
    }

    /** Tells the page a name at the entrance. */
    static Tab knock(Tab tab, String name) {
        tab.click("#name").evaluate("document.activeElement.select()");
        return tab.type(name).press(Key.ENTER);
    }

    /** Comes in under a name. */
    static Tab join(Tab tab, String name) {
        return awaitOnline(knock(tab, name)).await("document.activeElement.id === 'text'");
    }

    Tab joined(String name) {
        return join(visit.tab().open(prosa.url("/")), name);
    }

    static Tab awaitOnline(Tab tab) {
        return tab.awaitVisible("#text").awaitVisible("#status[data-state=online]");
    }

    static Tab say(Tab tab, String text) {
        return tab.click("#text").type(text).press(Key.ENTER);
    }

    /** Somebody in a room becomes an operator. */
    Tab operator(Tab tab) throws IOException {
        String token = Files.readString(folder.resolve("operator.token")).strip();
        return say(tab, "/op " + token).awaitText(".notice.operator", "/help").awaitVisible("#room-menu");
    }

    /** The ids of the messages that are shown, from top to bottom. */
    static List<String> shownIds(Tab tab) {
        return tab.strings("[...document.querySelectorAll('#items [data-id]')].map(item => item.dataset.id)");
    }

    /** A browser can't but complain of a server that is not there. */
    static void forgiveLostConnections(Tab tab) {
        tab.complaints().removeIf(complaint -> complaint.contains("ERR_CONNECTION_REFUSED"));
    }
}
