package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import prosa.bootstrap.browser.Tab;

class FeedPageTest extends PageTest {
    @Test
    void itShowsWhatIsSaidAsItIsSaid() throws Exception {
        prosa.post("Caio", "before");
        Tab feed = visit.tab().open(prosa.url("/feed.html")).awaitVisible("#status[data-state=open]");
        feed.awaitText(".message .text", "before");
        Tab ana = joined("Ana");
        say(ana, "<b>over WebSocket</b>");
        feed.awaitText(".message .text", "<b>over WebSocket</b>");
        String last = prosa.post("Caio", "over HTTP");
        feed.awaitText(".message .text", "over HTTP");
        assertEquals(prosa.ids(), shownIds(feed));
        feed.awaitText("#last-id", last);
        assertEquals(
                0,
                feed.evaluate("document.querySelectorAll('.message b').length").asInt());
    }

    @Test
    void itShowsSeveralRoomsInOneOrder() throws Exception {
        Tab feed =
                visit.tab().open(prosa.url("/feed.html?room=main&room=tea")).awaitVisible("#status[data-state=open]");
        Tab ana = join(visit.tab().open(prosa.url("/?room=tea")), "Ana");
        say(ana, "in the tea room").awaitVisible(".own[data-state=sent]");
        prosa.post("Caio", "in the main room");
        feed.awaitText(".message .text", "in the main room");
        assertEquals(List.of("in the tea room", "in the main room"), feed.texts(".message .text"));
        assertEquals(List.of("#tea", "#main"), feed.texts(".message .room-tag"));
    }

    @Test
    void itResumesByItselfWithoutAGapOrADouble() throws Exception {
        prosa.post("Caio", "before");
        Tab feed = visit.tab().open(prosa.url("/feed.html")).awaitText(".message .text", "before");
        prosa.restart(() -> {
            feed.awaitVisible("#status[data-state=reconnecting]");
            prosa.post("Caio", "meanwhile");
        });
        feed.awaitVisible("#status[data-state=open]");
        prosa.post("Caio", "after");
        feed.awaitText(".message .text", "after");
        assertEquals(List.of("before", "meanwhile", "after"), feed.texts(".message .text"));
        assertEquals(prosa.ids(), shownIds(feed));
        forgiveLostConnections(feed);
    }

    @Test
    void itStopsAndListensAgain() throws Exception {
        Tab feed = visit.tab().open(prosa.url("/feed.html")).awaitVisible("#status[data-state=open]");
        feed.click("#stop").awaitVisible("#status[data-state=closed]");
        prosa.post("Caio", "meanwhile");
        feed.click("#listen").awaitText(".message .text", "meanwhile");
    }
}
