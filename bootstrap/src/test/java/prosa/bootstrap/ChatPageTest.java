package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Tab.Key;

class ChatPageTest extends PageTest {
    @Test
    void oneComesInByTypingANameAndPressingEnter() throws Exception {
        try (Lines bia = prosa.telnet("Bia")) {
            Tab tab = knock(visit.tab().open(prosa.url("/")), "Ana");
            tab.awaitText("#room-name", "#main").awaitText("#people", "Bia");
            assertTrue(bia.await("Ana").getLast().startsWith("* Ana"));
        }
    }

    @Test
    void everybodyIsListedWithTheirWire() throws Exception {
        try (Lines bia = prosa.telnet("Bia")) {
            Tab tab = joined("Ana");
            tab.await("document.querySelectorAll('#people .badge').length === 2");
            assertEquals(List.of("ws", "tcp"), tab.texts("#people .badge"));
            bia.send("/quit");
            tab.await("document.querySelectorAll('#people .badge').length === 1");
        }
    }

    @Test
    void whatIsWrittenReachesTelnetAndTheFeedAndIsMarkedAsSent() throws Exception {
        try (Lines bia = prosa.telnet("Bia");
                Lines feed = prosa.feed()) {
            Tab tab = say(joined("Ana"), "Muito bom esse servidor.");
            assertEquals("Ana: Muito bom esse servidor.", bia.await("Muito bom").getLast());
            String data = feed.await("Muito bom").getLast();
            assertTrue(
                    data.startsWith("data:") && data.contains("\"by\":\"Ana\"") && data.contains("\"via\":\"ws\""),
                    data);
            tab.awaitVisible("#items .own[data-state=sent][data-id]");
            assertEquals(prosa.ids(), shownIds(tab));
            assertEquals(
                    "", tab.evaluate("document.getElementById('text').value").asString());
        }
    }

    @Test
    void aMessageOfSeveralLinesIsOneMessage() throws Exception {
        try (Lines bia = prosa.telnet("Bia")) {
            Tab tab = joined("Ana")
                    .type("one")
                    .press(Key.SHIFT_ENTER)
                    .type("Bia: two")
                    .press(Key.ENTER);
            assertEquals(List.of("Ana: one", "  Bia: two"), bia.await("two").subList(1, 3));
            tab.awaitVisible("#items .own[data-state=sent]");
            assertEquals("one\nBia: two", tab.text("#items .own .text"));
        }
    }

    @Test
    void whatIsSaidOverOtherWiresAppearsWithItsWire() throws Exception {
        Tab tab = joined("Ana");
        try (Lines bia = prosa.telnet("Bia")) {
            bia.send("from telnet");
            prosa.post("Caio", "from curl");
            tab.awaitText(".message .text", "from telnet").awaitText(".message .text", "from curl");
            assertEquals(List.of("Bia"), tab.texts(".message:has(.via-tcp) .name"));
            assertEquals(List.of("Caio"), tab.texts(".message:has(.via-http) .name"));
            assertEquals(prosa.ids(), shownIds(tab));
        }
    }

    @Test
    void whoeverComesInSeesWhatWasSaidBefore() throws Exception {
        prosa.post("Caio", "before");
        Tab tab = joined("Ana").awaitText(".message .text", "before");
        assertEquals(prosa.ids(), shownIds(tab));
    }

    @Test
    void markupInAMessageIsShownAsTextAndDoesNothing() throws Exception {
        String markup = "<img src=x onerror='harm()'><script>harm()</script><b>bold</b> {{1+1}} ${harm()} &amp;"
                + " javascript:harm()";
        Tab tab = joined("Ana");
        tab.evaluate("void (window.harm = () => { window.harmed = true; })");
        prosa.post("Caio", markup);
        say(tab, markup);
        try (Lines bia = prosa.telnet("Bia")) {
            bia.send("/msg Ana " + markup);
            tab.await("document.querySelectorAll('.message .text').length === 3");
        }
        assertEquals(List.of(markup, markup, markup), tab.texts(".message .text"));
        assertEquals(
                0,
                tab.evaluate("document.querySelectorAll('.message :is(img, script, b, a)').length")
                        .asInt());
        assertTrue(tab.evaluate("window.harmed === undefined").asBoolean());
    }

    @Test
    void theBrowserWouldTellIfAScriptGotIn() {
        Tab tab = joined("Ana");
        assertEquals(List.of(), tab.complaints());
        tab.evaluate("""
                void document.body.insertAdjacentHTML("beforeend", "<img src=/none.png onerror='window.harmed = true'>")""");
        tab.awaitComplaint("ContentSecurityPolicyIssue");
        tab.awaitComplaint("404"); // which may come later
        assertTrue(tab.evaluate("window.harmed === undefined").asBoolean());
        tab.complaints().clear();
    }

    @Test
    void aTakenNameIsRefusedBesideTheField() throws Exception {
        try (Lines bia = prosa.telnet("Bia")) {
            Tab tab = knock(visit.tab().open(prosa.url("/")), "BIA");
            tab.awaitText("#name-error", "already has this name");
            assertEquals(
                    "true",
                    tab.evaluate("document.getElementById('name').ariaInvalid").asString());
            // What was refused is selected: the next name replaces it.
            tab.await("document.activeElement.id === 'name'").type("Ana").press(Key.ENTER);
            awaitOnline(tab);
            assertEquals(List.of("Ana", "Bia"), tab.texts("#people .name"));
        }
    }

    @Test
    void aRoomThatCannotBeIsRefusedBesideItsField() {
        Tab tab = knock(visit.tab().open(prosa.url("/?room=no%20room")), "Ana");
        tab.awaitText("#room-error", "a to z");
    }

    @Test
    void twoTabsTalkWithEachOther() {
        Tab ana = joined("Ana");
        Tab bia = joined("Bia");
        ana.awaitText("#people", "Bia");
        say(ana, "Hello, Bia");
        bia.awaitText(".message:not(.own) .text", "Hello, Bia");
        say(bia, "Hello, Ana");
        ana.awaitText(".message:not(.own) .text", "Hello, Ana");
        bia.awaitVisible(".own[data-state=sent]");
        assertEquals(shownIds(ana), shownIds(bia));
        bia.click("#leave").awaitVisible("#name");
        ana.await("!document.getElementById('people').textContent.includes('Bia')");
    }

    @Test
    void aWhisperIsSeenByTwo() {
        Tab ana = joined("Ana");
        Tab bia = joined("Bia");
        Tab caio = joined("Caio");
        say(ana, "/msg Bia a secret");
        bia.awaitText(".message.private .text", "a secret");
        ana.awaitVisible(".message.private[data-state=sent]");
        say(ana, "no secret");
        caio.awaitText(".message .text", "no secret");
        assertEquals(List.of("no secret"), caio.texts(".message .text"));
    }

    @Test
    void oneMayTakeAnotherNameAndGoToAnotherRoom() throws Exception {
        Tab ana = joined("Ana");
        say(ana, "/nick Eva");
        ana.awaitText("#people", "Eva");
        say(ana, "/join tea-room");
        ana.awaitText("#room-name", "#tea-room");
        assertEquals("?room=tea-room", ana.evaluate("location.search").asString());
        try (Lines bia = prosa.telnet("Bia")) {
            bia.send("/join tea-room", "Is this the tea room?");
            ana.awaitText(".message .text", "tea room?");
        }
    }
}
