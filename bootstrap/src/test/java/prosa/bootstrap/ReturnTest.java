package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import prosa.bootstrap.browser.Tab;

/** The page comes back by itself, under its name and at its place. */
class ReturnTest extends PageTest {
    @Test
    void afterARestartNothingIsLostOrDoubled() throws Exception {
        Tab ana = say(joined("Ana"), "before");
        ana.awaitVisible(".own[data-state=sent]");
        prosa.post("Caio", "also before");
        ana.awaitText(".message .text", "also before");
        prosa.restart(() -> {
            ana.awaitVisible("#status[data-state=offline]");
            for (int i = 1; i <= 60; i++) {
                prosa.post("Caio", "meanwhile " + i);
            }
        });
        for (int i = 1; i <= 20; i++) {
            prosa.post("Caio", "while it comes back " + i);
        }
        awaitOnline(ana);
        prosa.post("Caio", "after");
        ana.awaitText(".message .text", "after");
        say(ana, "here again");
        ana.await("document.querySelectorAll('.own[data-state=sent]').length === 2");

        List<String> shown = shownIds(ana);
        assertEquals(prosa.ids(), shown);
        assertEquals(84, new HashSet<>(shown).size());
        assertEquals(List.of("Ana"), ana.texts("#people .name"));
        forgiveLostConnections(ana);
    }

    @Test
    void whatWasWrittenMeanwhileIsSentOnReturn() throws Exception {
        Tab ana = joined("Ana");
        prosa.restart(() -> {
            ana.awaitVisible("#status[data-state=offline]");
            say(ana, "into the dark");
            ana.awaitVisible(".own[data-state=sending]");
        });
        ana.awaitVisible(".own[data-state=sent]");
        assertEquals(List.of("into the dark"), ana.texts(".message .text"));
        assertEquals(prosa.ids(), shownIds(ana));
        forgiveLostConnections(ana);
    }

    @Test
    void afterAReloadOneIsInTheRoomAgainUnderTheSameName() throws Exception {
        Tab ana = say(joined("Ana"), "before");
        ana.awaitVisible(".own[data-state=sent]");
        ana.reload();
        awaitOnline(ana);
        ana.awaitText("#people", "Ana").awaitText(".own .text", "before");
        assertEquals(prosa.ids(), shownIds(ana));
    }

    @Test
    void aSecondTabOfTheSamePersonTakesOverAndNobodyNotices() throws Exception {
        Tab first = joined("Ana");
        try (Lines bia = prosa.telnet("Bia")) {
            first.awaitText("#people", "Bia");
            Tab second = duplicate(first);
            awaitOnline(second);
            first.awaitVisible("#status[data-state=elsewhere]");
            say(second, "from the second");
            first.click("#retry");
            awaitOnline(first);
            second.awaitVisible("#status[data-state=elsewhere]");
            say(first, "from the first");
            assertEquals(List.of("Ana: from the second", "Ana: from the first"), bia.await("from the first"));
            first.awaitText(".message .text", "from the first");
            assertEquals(List.of("from the second", "from the first"), first.texts(".message .text"));
        }
    }

    /** As the browser's own command does it: the new tab has a copy of the old one's storage. */
    private Tab duplicate(Tab tab) {
        String storage = tab.evaluate("JSON.stringify(sessionStorage)").asString();
        Tab copy = visit.tab().open(prosa.url("/tutorial/"));
        copy.evaluate("void Object.assign(sessionStorage, " + storage + ")");
        return copy.open(prosa.url("/"));
    }
}
