package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Tab.Key;

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
    void whatIsNoRoomIsSaidAndNotAskedFor() throws Exception {
        Tab feed = visit.tab().open(prosa.url("/feed.html")).awaitVisible("#status[data-state=open]");
        choose(feed, "café").awaitText("#rooms-error", "a to z").awaitVisible("#rooms[aria-invalid=true]");
        // What one was listening to goes on.
        assertEquals("/feed?room=main&last=20", feed.text("#url"));
        prosa.post("Caio", "still heard");
        feed.awaitText(".message .text", "still heard");
        choose(feed, "tea").awaitText("#url", "room=tea").awaitVisible("#rooms[aria-invalid=false]");
        assertEquals("", feed.text("#rooms-error"));
        String tooMany = IntStream.rangeClosed(1, 33).mapToObj(i -> "r" + i).collect(Collectors.joining(" "));
        choose(feed, tooMany).awaitText("#rooms-error", "32 rooms at most");
    }

    @Test
    void anAddressWithoutARoomThatCanBeIsNotAskedForEither() {
        Tab feed = visit.tab().open(prosa.url("/feed.html?room=caf%C3%A9"));
        feed.awaitText("#rooms-error", "a to z").awaitVisible("#status[data-state=closed]");
    }

    private static Tab choose(Tab feed, String rooms) {
        feed.click("#rooms").evaluate("document.activeElement.select()");
        return feed.type(rooms).press(Key.ENTER);
    }

    @Test
    void itStopsAndListensAgain() throws Exception {
        Tab feed = visit.tab().open(prosa.url("/feed.html")).awaitVisible("#status[data-state=open]");
        feed.click("#stop").awaitVisible("#status[data-state=closed]");
        prosa.post("Caio", "meanwhile");
        feed.click("#listen").awaitText(".message .text", "meanwhile");
    }
}
