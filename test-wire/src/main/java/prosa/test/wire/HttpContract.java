package prosa.test.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.test.wire.Waiting.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import prosa.test.wire.client.Heard.Said;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Wire;
import prosa.test.wire.client.WireClient;

/** Posting and the feed. Nobody is present over HTTP: a name is given with each message. */
public abstract class HttpContract extends WireContract {
    protected HttpContract(Wire wire, Function<Path, House> opens) {
        super(wire, opens);
    }

    @Override
    void assertAsksForAName(WireClient english, WireClient portuguese) {
        Http.Answer answer = http().post("/messages", "hi");
        assertEquals(400, answer.status());
        assertEquals("name-invalid", answer.json().text("reason"));
        assertTrue(answer.json().text("message").contains("name"));
        assertTrue(http().post("/messages", "hi", "Accept-Language", "pt")
                .json()
                .text("message")
                .contains("nome"));
    }

    @Override
    Map<String, Runnable> refusals(WireClient client) {
        return Map.of(
                "text-empty", () -> client.say(" \u00a0\u3000 "),
                "text-too-long", () -> client.say("x".repeat(4_001)),
                "malformed", client::sendMalformed,
                "room-invalid", () -> client.moveTo("The Attic"));
    }

    /** A client that lost its answer says it again with the same key. */
    @Test
    void whatWasRemovedIsNotSaidAgain() {
        String path = "/messages?name=Ana&room=" + newRoom();
        Http.Answer said = http().post(path, "not for here", "Idempotency-Key", "k1");
        assertEquals(201, said.status(), said::body);
        remove(said.json().text("id"));
        Http.Answer again = http().post(path, "not for here", "Idempotency-Key", "k1");
        assertEquals(409, again.status(), again::body);
        assertEquals("removed", again.json().text("reason"));
        assertEquals(
                201,
                http().post(path, "something else", "Idempotency-Key", "k2").status());
    }

    @Test
    @Override
    void aNameThatCanNotBeHadIsRefusedAndAskedForAgain() {
        String room = newRoom();
        joined(Wire.TCP_TEXT, "Ana");
        await("it is known that she is there", () -> http().headCount(room) == 1);
        WireClient client = joined(wire(), "ana");
        client.say("hi");
        assertEquals("name-taken", client.awaitRefusal());
        client.join("a:b").say("hi");
        assertEquals("name-invalid", client.awaitRefusal());
        client.join("Bia").say("hi");
        assertEquals(List.of(new Said("Bia", "hi", Optional.empty())), client.awaitMessages(1));
    }

    @Test
    @Override
    void whoLeavesOrVanishesLeavesNothingBehind() {
        String room = newRoom();
        WireClient ana = joined(wire(), "Ana");
        assertFalse(http().rooms().contains(room), "who only listens makes no room");
        ana.say("hi");
        assertEquals(0, http().headCount(room));
        joined(Wire.WEBSOCKET_JSON, "Ana");
        ana.vanish();
        await("one is there", () -> http().headCount(room) == 1);
    }
}
