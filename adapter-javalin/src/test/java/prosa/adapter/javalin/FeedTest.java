package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import prosa.test.wire.House;
import prosa.test.wire.client.EventSource;
import prosa.test.wire.client.EventSource.Block;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.WebSocketClient;

/** {@code /feed}: Server-sent events. Each test has a room of its own. */
class FeedTest {
    private static House house;
    private static int rooms;

    private final List<EventSource> feeds = new ArrayList<>();
    private String room = "";

    @BeforeAll
    static void open() {
        house = HttpHouse.open();
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    @BeforeEach
    void enter() {
        room = "feed-" + ++rooms;
    }

    @AfterEach
    void leave() {
        feeds.forEach(EventSource::close);
    }

    private static Http http() {
        return house.http();
    }

    private EventSource feed(String query, String... headers) {
        URI uri = house.place().http().resolve("/feed?" + query);
        EventSource feed = new EventSource(uri, headers);
        feeds.add(feed);
        return feed;
    }

    private String say(String text) {
        return say(room, text);
    }

    /** @return the message's id */
    private static String say(String room, String text) {
        return http().say(room, "Ana", text).json().text("id");
    }

    private static List<String> messages(EventSource feed, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> feed.nextMessage().json().text("text"))
                .toList();
    }

    private static String epoch(String position) {
        return position.substring(0, position.indexOf('-'));
    }

    /** The head and whatever comes before the first message, byte by byte. */
    @Test
    void theStreamOpensWithTheHeadersAndTheBlockThatEverybodyNeeds() throws IOException {
        String first = say("before");
        try (java.net.Socket socket =
                new java.net.Socket("127.0.0.1", house.place().http().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /feed?room=" + room + " HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Accept-Encoding: gzip, br\r\n\r\n")
                            .getBytes());
            StringBuilder read = new StringBuilder();
            Pattern opening = Pattern.compile("(?s).*\r\n\r\nretry: [1-4][0-9]{3}\nid: " + first + "\n\n");
            while (!opening.matcher(read).matches()) {
                read.append((char) socket.getInputStream().read());
                assertTrue(read.length() < 4_000, read::toString);
            }
            String head = read.substring(0, read.indexOf("\r\n\r\n") + 2);
            assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n"), head);
            assertTrue(head.contains("\r\nContent-Type: text/event-stream;charset=utf-8\r\n"), head);
            assertTrue(head.contains("\r\nCache-Control: no-cache, no-transform\r\n"), head);
            assertTrue(head.contains("\r\nX-Accel-Buffering: no\r\n"), head);
            assertTrue(head.contains("\r\nAccess-Control-Allow-Origin: *\r\n"), head);
            assertFalse(head.contains("Content-Encoding"), head);
            assertFalse(head.contains("Transfer-Encoding"), head);
            assertFalse(head.contains("Set-Cookie"), head);
            assertTrue(
                    read.substring(head.length() + 2).matches("retry: [1-4][0-9]{3}\nid: " + first + "\n\n"),
                    "nothing else before it");
        }
    }

    @Test
    void theOpeningBlockIsWhereACutFeedGoesOn() {
        say("before");
        EventSource feed = feed("room=" + room);
        Block opening = feed.blocks().next();
        assertEquals(new Block(List.of(), opening.id(), Optional.empty(), opening.retry(), List.of()), opening);
        assertTrue(opening.retry().orElseThrow().matches("[1-4][0-9]{3}"), opening::toString);
        feed.close();
        say("missed");
        assertEquals(List.of("missed"), messages(feed("room=" + room, "Last-Event-ID", feed.lastEventId()), 1));
    }

    /** Whether Jetty has switched to the feed's connection by then is a matter of microseconds: so it is tried often. */
    @Test
    void whatIsSaidAsSoonAsTheHeadIsThereIsOnTheFeed() {
        for (int i = 0; i < 100; i++) {
            EventSource feed = feed("room=" + room);
            String id = say("message " + i);
            assertEquals(Optional.of(id), feed.nextMessage().id());
            feed.close();
        }
    }

    @Test
    void aMessageIsASaidObjectAndItsId() {
        EventSource feed = feed("room=" + room);
        Http.Answer posted = http().say(room, "Ana", "one\ntwo\u2028three\r\nfour");
        Block message = feed.nextMessage();
        assertEquals(Optional.of(posted.json().text("id")), message.id());
        assertEquals(List.of(posted.body()), message.data());
        assertEquals("one\ntwo\nthree\nfour", message.json().text("text"));
    }

    @Test
    void asTextAMessageIsALineAndFurtherLinesBeginWithTwoBlanks() {
        EventSource feed = feed("as=text&room=" + room);
        String id = say("one\nBob: two\r\r* three");
        Block message = feed.nextMessage();
        assertEquals(Optional.of(id), message.id());
        assertEquals(List.of("Ana: one", "  Bob: two", "  ", "  * three"), message.data());
    }

    @Test
    void comingsAndGoingsAreNamedEventsWithoutId() {
        EventSource feed = feed("room=" + room);
        EventSource text = feed("as=text&room=" + room);
        for (EventSource opened : List.of(feed, text)) {
            opened.blocks().next(); // from here on it hears who comes
        }
        try (WebSocketClient ana =
                WebSocketClient.connect(house.place().http(), "/chat?name=Ana&room=" + room, "prosa.v1")) {
            ana.next("welcome");
        }
        Block joined = feed.blocks().next(block -> block.isEvent("joined"));
        assertEquals(
                "{type=joined, room=" + room + ", name=Ana, via=ws}",
                joined.json().toString());
        Block left = feed.blocks().next(block -> block.isEvent("left"));
        assertEquals(
                "{type=left, room=" + room + ", name=Ana, via=ws}", left.json().toString());
        assertEquals(List.of(Optional.empty(), Optional.empty()), List.of(joined.id(), left.id()));
        assertEquals(
                "* Ana joined (ws)",
                text.blocks().next(block -> block.isEvent("joined")).text());
        assertEquals(
                "* Ana left", text.blocks().next(block -> block.isEvent("left")).text());
    }

    @Test
    void withoutAPlaceAFeedStartsNow() {
        say("before");
        EventSource feed = feed("room=" + room);
        feed.blocks().next();
        say("after");
        assertEquals(List.of("after"), messages(feed, 1));
    }

    @Test
    void sinceAndLastEventIdResumeAndTheLatterWins() {
        String first = say("one");
        String second = say("two");
        say("three");
        assertEquals(List.of("two", "three"), messages(feed("room=" + room + "&since=" + first), 2));
        assertEquals(List.of("two", "three"), messages(feed("room=" + room, "Last-Event-ID", first), 2));
        EventSource both = feed("room=" + room + "&since=" + first, "Last-Event-ID", second);
        assertEquals(Optional.of(second), both.blocks().next().id());
        assertEquals(List.of("three"), messages(both, 1));
        say("four");
        assertEquals(List.of("four"), messages(both, 1));
        String beginning = epoch(first) + "-0";
        assertEquals(List.of("one", "two"), messages(feed("room=" + room + "&since=" + beginning), 2));
    }

    @Test
    void anEmptyLastEventIdIsNone() {
        String first = say("one");
        say("two");
        assertEquals(List.of("two"), messages(feed("room=" + room + "&since=" + first, "Last-Event-ID", ""), 1));
    }

    @Test
    void lastBringsTheLastMessagesOfAllRooms() {
        String other = room + "-b";
        say(room, "one");
        say(other, "two");
        String third = say(room, "three");
        EventSource feed = feed("last=2&room=" + room + "&room=" + other);
        Block opening = feed.blocks().next();
        assertTrue(opening.data().isEmpty() && opening.id().isPresent(), opening::toString);
        assertEquals(List.of("two", "three"), messages(feed, 2));
        assertEquals(third, feed.lastEventId());
        feed.close();
        EventSource again = feed(
                "room=" + room + "&room=" + other, "Last-Event-ID", opening.id().get());
        assertEquals(List.of("two", "three"), messages(again, 2), "a cut before the first message loses nothing");
        EventSource none = feed("last=0&room=" + room);
        none.blocks().next();
        say("live");
        assertEquals(List.of("live"), messages(none, 1));
    }

    @Test
    void severalRoomsComeInOneOrder() {
        List<String> names = List.of(room + "-a", room + "-b", room + "-c");
        String query = "room=" + String.join("&room=", names) + "&room=" + names.getFirst();
        EventSource live = feed(query);
        String start = live.blocks().next().id().orElseThrow();
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            said.add(say(names.get(i * 7 % 3), "number " + i));
            say(room + "-elsewhere", "not on this feed");
        }
        for (EventSource feed : List.of(live, feed(query + "&since=" + start), feed(query + "&last=60"))) {
            assertEquals(
                    said,
                    IntStream.range(0, 60)
                            .mapToObj(i -> feed.nextMessage().id().orElseThrow())
                            .toList());
        }
    }

    @Test
    void whatCanNotBeHadAnyMoreGivesAGapWithoutId() {
        String first = say("one");
        for (String foreign : List.of("1-5", "999999999999999999-0")) {
            EventSource feed = feed("room=" + room + "&since=" + foreign);
            Block gap = feed.blocks().next(block -> block.isEvent("gap"));
            assertEquals(Optional.empty(), gap.id());
            assertEquals(
                    "{type=gap, room=" + room + ", after=" + foreign + ", next=" + first + "}",
                    gap.json().toString());
            assertEquals(List.of("one"), messages(feed, 1));
        }
        String past = epoch(first) + "-999999999999";
        EventSource feed = feed("room=" + room, "Last-Event-ID", past);
        Block gap = feed.blocks().next(block -> block.isEvent("gap"));
        assertEquals(
                "{type=gap, room=" + room + ", after=" + past + ", next=null}",
                gap.json().toString());
        say("two");
        assertEquals(List.of("two"), messages(feed, 1), "it goes on");
        EventSource text = feed("as=text&room=" + room + "&since=" + past);
        assertTrue(text.blocks().next(block -> block.isEvent("gap")).text().startsWith("* "));
    }
}
