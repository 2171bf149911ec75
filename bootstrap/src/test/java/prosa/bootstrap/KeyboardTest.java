package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Tab.Key;

/** Somebody who has no mouse. */
class KeyboardTest extends PageTest {
    @Test
    void oneCanTypeANameAtOnce() {
        Tab tab = visit.tab().open(prosa.url("/")).awaitVisible("#name");
        tab.await("document.activeElement.id === 'name'");
    }

    @Test
    void tabGoesThroughTheEntranceInTheOrderOfReading() {
        Tab tab = visit.tab().open(prosa.url("/")).awaitVisible("#name");
        tab.evaluate("document.getElementById('name').focus()");
        tab.type("Ana").press(Key.TAB);
        assertEquals("room", focused(tab));
        tab.press(Key.TAB);
        assertEquals("join", focused(tab));
        tab.press(Key.SHIFT_TAB);
        assertEquals("room", focused(tab));
        tab.press(Key.TAB).press(Key.SPACE);
        awaitOnline(tab).await("document.activeElement.id === 'text'");
    }

    @Test
    void theFirstTabLeadsPastTheLinks() {
        Tab tab = visit.tab().open(prosa.url("/feed.html"));
        tab.press(Key.TAB).awaitVisible(".skip");
        assertEquals("skip", tab.evaluate("document.activeElement.className").asString());
        tab.press(Key.ENTER);
        tab.await("document.activeElement.id === 'main'");
    }

    @Test
    void aConversationNeedsNoMouse() throws Exception {
        try (Lines bia = prosa.telnet("Bia")) {
            Tab tab = visit.tab().open(prosa.url("/")).awaitVisible("#name");
            tab.evaluate("document.getElementById('name').focus()");
            tab.type("Ana").press(Key.ENTER);
            awaitOnline(tab).await("document.activeElement.id === 'text'");
            tab.type("hello").press(Key.ENTER);
            assertTrue(bia.await("hello").getLast().startsWith("Ana: "));
            // One goes on writing where one was.
            assertEquals("text", focused(tab));
            tab.type("/nick Eva").press(Key.ENTER);
            tab.awaitText("#people", "Eva");
            focus(tab, Key.SHIFT_TAB, "leave");
            tab.press(Key.ENTER).awaitVisible("#name").await("document.activeElement.id === 'name'");
        }
    }

    @Test
    void whoeverHasTheFocusIsSeen() {
        Tab tab = joined("Ana");
        List<String> unmarked = new ArrayList<>();
        tab.evaluate("document.body.focus()");
        for (int i = 0; i < 12; i++) {
            tab.press(Key.TAB);
            String outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                    .asString();
            if (outline.equals("none")
                    && !tab.evaluate("document.activeElement === document.body").asBoolean()) {
                unmarked.add(tab.evaluate("document.activeElement.outerHTML").asString());
            }
        }
        assertEquals(List.of(), unmarked);
    }

    private static String focused(Tab tab) {
        return tab.evaluate("document.activeElement.id").asString();
    }

    /** Presses a key until an element has the focus. */
    private static void focus(Tab tab, Key key, String id) {
        List<String> passed = new ArrayList<>();
        while (!focused(tab).equals(id)) {
            assertTrue(passed.size() < 20, passed::toString);
            tab.press(key);
            passed.add(focused(tab));
        }
    }
}
