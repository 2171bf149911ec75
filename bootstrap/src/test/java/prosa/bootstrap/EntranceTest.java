package prosa.bootstrap;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import prosa.bootstrap.browser.Tab;

/** The form for a name stands before the rest of the chat is here: over a line on which that takes long, or never comes. */
class EntranceTest extends PageTest {
    private static final String REST = "/js/room.js";

    private PathProxy line;

    @BeforeEach
    void comeOverALine() throws IOException {
        line = new PathProxy(prosa.port("http"));
    }

    @AfterEach
    @Override
    void close() {
        try (PathProxy open = line) {
            super.close();
        }
    }

    @Test
    void aNameGivenBeforeTheRestIsHereWaitsForIt() {
        line.hold(REST);
        Tab tab = knock(goIn(), "Ana").await("document.getElementById('join').disabled");
        line.release();
        awaitOnline(tab);
        say(tab, "here at last").awaitVisible(".own[data-state=sent]");
    }

    @Test
    void whatCouldNotBeLoadedIsTriedAgain() {
        line.cut(REST);
        Tab tab = goIn().awaitVisible("#retry");
        line.cut("");
        tab.evaluate("void (window.isBeforeReload = true)");
        tab.click("#retry").await("!window.isBeforeReload").awaitVisible("#name");
        awaitOnline(knock(tab, "Ana"));
        tab.complaints().removeIf(complaint -> complaint.contains("ERR_EMPTY_RESPONSE"));
    }

    /** Without waiting for all of the page. */
    private Tab goIn() {
        Tab tab = visit.tab();
        tab.evaluate("void (location = " + Tab.quoted(line.url("/")) + ")");
        return tab.awaitVisible("#name");
    }
}
