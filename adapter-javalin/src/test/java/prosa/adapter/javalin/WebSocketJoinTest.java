package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.WebSocketClient;

/** {@code prosa.v1} over WebSocket: coming, moving, being called otherwise, going, and coming back. */
class WebSocketJoinTest extends ProgramsOnWebSocket {
    @Test
    void aWelcomeSaysWhatOneNeedsToKnow() {
        WebSocketClient ana = joined("Ana");
        for (int i = 1; i <= 60; i++) {
            say(ana, "number " + i);
        }
        IntStream.range(0, 60).forEach(i -> ana.next("ack"));
        WebSocketClient bia = connect();
        Json welcome = join(bia, " Bia ", room);
        assertEquals(
                Set.of("type", "room", "name", "token", "position", "count", "present", "recent"), welcome.fields());
        assertEquals(room, welcome.text("room"));
        assertEquals("Bia", welcome.text("name"));
        assertEquals(2, welcome.number("count"));
        assertEquals(
                "[{name=Ana, via=ws}, {name=Bia, via=ws}]",
                welcome.at("present").toString());
        List<Json> recent = welcome.list("recent");
        assertEquals(IntStream.rangeClosed(11, 60).mapToObj(i -> "number " + i).toList(), texts(recent));
        assertEquals(recent.getLast().text("id"), welcome.text("position"));
    }

    @Test
    void aPositionOfAnotherLogOrPastTheHeadGivesAGap() {
        joined("Zoe");
        String kept = house.http().say(room, "Bia", "kept").json().text("id");
        String past = kept.substring(0, kept.indexOf('-')) + "-999999999";
        for (String since : List.of("12345-1", past)) {
            WebSocketClient ana = connect();
            ana.send(Json.object("type", "join", "name", "Ana", "room", room, "since", since));
            Json gap = ana.next("gap");
            assertEquals(room, gap.text("room"));
            assertEquals(since, gap.text("after"));
            if (since.equals(past)) {
                assertEquals("null", gap.at("next").toString());
            } else {
                assertEquals(kept, gap.text("next"));
                assertEquals("kept", ana.next("said").text("text"));
            }
            ana.close();
        }
    }

    @Test
    void ofManyWhoWantANameAtOnceOneGetsIt() {
        List<WebSocketClient> all =
                IntStream.range(0, 20).mapToObj(i -> connect()).toList();
        all.forEach(client -> client.send(Json.object("type", "join", "name", "Ana", "room", room)));
        List<Json> answers =
                all.stream().map(client -> Json.parse(client.texts().next())).toList();
        assertEquals(1, answers.stream().filter(json -> json.is("welcome")).count());
        assertEquals(19, answers.stream().filter(json -> json.is("refused")).count());
        assertEquals(1, house.http().headCount(room));
    }

    @Test
    void aSecondJoinMoves() {
        WebSocketClient ana = joined("Ana");
        WebSocketClient bia = joined("Bia");
        Json welcome = join(bia, "Bia", room + "-b");
        assertEquals(1, welcome.number("count"));
        assertEquals(
                "{type=left, room=" + room + ", name=Bia, via=ws}",
                ana.next("left").toString());
        say(ana, "not for Bia");
        ana.next("ack");
        house.http().say(room + "-b", "Caio", "for Bia");
        assertEquals("for Bia", bia.next("said").text("text"));
        bia.send(Json.object("type", "join", "room", room));
        assertEquals("Bia", bia.next("welcome").text("name"), "the name goes with one");
        assertEquals(
                "{type=joined, room=" + room + ", name=Bia, via=ws}",
                ana.nextJson(json -> json.is("joined") && json.text("name").equals("Bia"))
                        .toString());
        assertEquals(0, house.http().headCount(room + "-b"));
    }

    @Test
    void whoIsRefusedElsewhereStays() {
        WebSocketClient ana = joined("Ana");
        WebSocketClient bia = joined("Bia");
        WebSocketClient other = connect();
        join(other, "Bia", room + "-b");
        bia.send(Json.object("type", "join", "room", room + "-b", "ref", "r"));
        Json refused = bia.next("refused");
        assertEquals("name-taken", refused.text("reason"));
        assertEquals("r", refused.text("ref"));
        for (String bad : List.of("a_b", "a/b", "x".repeat(33), "")) {
            bia.send(Json.object("type", "join", "room", bad));
            assertEquals("room-invalid", bia.next("refused").text("reason"));
        }
        bia.send(Json.object("type", "join", "room", room + "-c", "since", "soon"));
        assertEquals("malformed", bia.next("refused").text("reason"));
        say(bia, "still here");
        assertEquals("still here", ana.next("said").text("text"));
        assertTrue(ana.texts().all().stream().noneMatch(text -> Json.parse(text).is("left")));
        assertEquals(2, house.http().headCount(room));
    }

    @Test
    void aTokenTakesTheNameBackWithoutNoise() {
        WebSocketClient watcher = joined("Watcher");
        WebSocketClient ghost = connect();
        String token = join(ghost, "Ana", room).text("token");
        WebSocketClient thief = connect();
        thief.send(Json.object("type", "join", "name", "Ana", "room", room, "token", token.substring(1) + "x"));
        assertEquals("name-taken", thief.next("refused").text("reason"));
        WebSocketClient ana = connect();
        ana.send(Json.object("type", "join", "name", "Ana", "room", room, "token", token));
        Json welcome = ana.next("welcome");
        assertEquals("Ana", welcome.text("name"));
        assertEquals(2, welcome.number("count"));
        assertEquals(4001, ghost.closeCode());
        say(ana, "back");
        List<Json> heard = watcher.upTo("said");
        assertEquals(
                List.of("joined", "said"),
                heard.stream().map(json -> json.text("type")).toList(),
                "Ana came once, and never left");
        assertEquals("back", heard.getLast().text("text"));
        ana.close();
        assertEquals("Ana", watcher.next("left").text("name"));
    }

    @Test
    void aTokenIsForgottenTenMinutesAfterItsHolderLeft() {
        WebSocketClient ana = connect();
        String token = join(ana, "Ana", room).text("token");
        clock.forward(Duration.ofMinutes(30));
        ana.send("{\"type\":\"leave\"}");
        ana.next("left");
        clock.forward(Duration.ofMinutes(9));
        ana.send(Json.object("type", "join", "token", token));
        Json welcome = ana.next("welcome");
        assertEquals(List.of("Ana", room), List.of(welcome.text("name"), welcome.text("room")));
        String next = welcome.text("token");
        ana.send("{\"type\":\"leave\"}");
        ana.next("left");
        clock.forward(Duration.ofMinutes(10));
        ana.send(Json.object("type", "join", "token", next));
        ana.next("ask");
    }

    @Test
    void aRenameIsToldAndFreesTheOldName() {
        WebSocketClient ana = joined("Ana");
        WebSocketClient bia = joined("Bia");
        ana.send(Json.object("type", "rename", "name", "Anita"));
        assertEquals(
                "{type=renamed, room=" + room + ", from=Ana, name=Anita}",
                bia.next("renamed").toString());
        assertEquals("Anita", ana.next("renamed").text("name"));
        say(ana, "it's me");
        assertEquals("Anita", bia.next("said").text("by"));
        ana.send(Json.object("type", "rename", "name", "BIA"));
        assertEquals("name-taken", ana.next("refused").text("reason"));
        ana.send(Json.object("type", "rename", "name", "a:b"));
        assertEquals("name-invalid", ana.next("refused").text("reason"));
        bia.send(Json.object("type", "rename", "name", "Ana"));
        assertEquals("Ana", bia.next("renamed").text("name"));
        assertEquals(2, house.http().headCount(room));
    }

    @Test
    void whoShowsEverybodyAndTheirWires() throws Exception {
        WebSocketClient ana = joined("Ana");
        ana.send("{\"type\":\"who\"}");
        Json who = ana.next("who");
        assertEquals("{type=who, room=" + room + ", count=1, present=[{name=Ana, via=ws}]}", who.toString());
    }

    @Test
    void whoLeftMayJoinAgain() {
        WebSocketClient ana = joined("Ana");
        WebSocketClient bia = joined("Bia");
        ana.send("{\"type\":\"leave\"}");
        assertEquals("Ana", bia.next("left").text("name"));
        ana.next("left");
        say(ana, "nobody hears this");
        assertEquals("not-joined", ana.next("refused").text("reason"));
        ana.send("{\"type\":\"leave\"}");
        assertEquals("not-joined", ana.next("refused").text("reason"));
        assertEquals(2, join(ana, "Ana", room).number("count"));
    }

    @Test
    void whoIsRefusedAtTheDoorIsAskedAgainAndRemembered() {
        joined("Ana");
        WebSocketClient client = connect();
        client.send(Json.object("type", "join", "name", "ana", "room", room));
        assertEquals("name-taken", client.next("refused").text("reason"));
        client.next("ask");
        client.send(Json.object("type", "join", "name", "a:b"));
        assertEquals("name-invalid", client.next("refused").text("reason"));
        client.next("ask");
        client.send(Json.object("type", "join", "name", "Bia"));
        assertEquals(room, client.next("welcome").text("room"));
    }
}
