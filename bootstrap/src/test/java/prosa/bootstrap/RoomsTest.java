package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Tab.Key;

/** The browser's back and forward, and its tabs, as ways between the rooms. */
class RoomsTest extends PageTest {
    @Test
    void backAndForwardGoThroughTheRooms() {
        Tab ana = join(visit.tab().open(prosa.url("/tutorial/")).open(prosa.url("/")), "Ana");
        say(ana, "/join lab").awaitText("#room-name", "#lab");
        say(ana, "/join tea").awaitText("#room-name", "#tea");
        back(ana).awaitText("#room-name", "#lab").awaitVisible("#feed-link[href$='room=lab']");
        back(ana).awaitText("#room-name", "#main");
        forward(ana).awaitText("#room-name", "#lab");
        assertEquals("?room=lab", address(ana));
        ana.reload();
        awaitOnline(ana).awaitText("#room-name", "#lab");
        back(ana).awaitText("#room-name", "#main");
        back(ana).await("location.pathname === '/tutorial/'");
    }

    @Test
    void whoPressesBackTwiceInHasteIsInTheRoomOfTheAddress() {
        Tab ana = joined("Ana");
        say(ana, "/join lab").awaitText("#room-name", "#lab");
        say(ana, "/join tea").awaitText("#room-name", "#tea");
        ana.evaluate("history.back(), void setTimeout(() => history.back())");
        ana.awaitText("#room-name", "#main").await("location.search === '?room=main'");
        forward(ana).awaitText("#room-name", "#lab");
        forward(ana).awaitText("#room-name", "#tea");
    }

    @Test
    void aRoomThatOneCannotGoBackToLeavesTheAddressWhereOneIs() throws Exception {
        Tab ana = joined("Ana");
        say(ana, "/join lab").awaitText("#room-name", "#lab");
        try (Lines other = prosa.telnet("Ana")) {
            back(ana).awaitVisible(".notice.refused").await("location.search === '?room=lab'");
            other.send("/nick Bia");
            other.await("Bia");
            back(ana).awaitText("#room-name", "#main");
        }
    }

    @Test
    void afterLeavingBackOffersTheRoomBefore() {
        Tab ana = joined("Ana");
        say(ana, "/join lab").awaitText("#room-name", "#lab");
        ana.click("#leave").awaitVisible("#name");
        back(ana).await("document.getElementById('room').value === 'main'");
        ana.click("#join").awaitText("#room-name", "#main");
    }

    @Test
    void aNewTabOffersTheLastName() {
        Tab ana = joined("Ana");
        say(ana, "/nick Eva").awaitText("#people", "Eva");
        Tab other = visit.tab().open(prosa.url("/?room=lab")).awaitVisible("#name");
        other.await("document.getElementById('name').value === 'Eva'");
        // It is selected: who is somebody else types over it.
        other.type("Bia").press(Key.ENTER);
        awaitOnline(other).awaitText("#people", "Bia");
        assertTrue(ana.text("#people").contains("Eva"));
    }

    private static Tab back(Tab tab) {
        tab.evaluate("history.back()");
        return tab;
    }

    private static Tab forward(Tab tab) {
        tab.evaluate("history.forward()");
        return tab;
    }

    private static String address(Tab tab) {
        return tab.evaluate("location.search").asString();
    }
}
