package prosa.test.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.test.wire.Waiting.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.Act;
import prosa.test.wire.client.Heard;
import prosa.test.wire.client.Heard.Said;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.TalkingWire;
import prosa.test.wire.client.Wire;
import prosa.test.wire.client.WireClient;
import prosa.test.wire.client.Witness;

/**
 * What every wire promises, to those on it and to those on all others. Each test has a room of its own, in one house.
 *
 * <p>A module runs it on its own wires: those whom its house has no wire for are let in past it, and stand by. The whole program runs
 * it over all wires at once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class WireContract {
    private static final AtomicInteger ROOMS = new AtomicInteger();

    private final Wire wire;
    private final List<WireClient> clients = new ArrayList<>();
    private final Function<Path, House> opens;
    private @Nullable House house;
    private String room = "";

    /** @param opens a house, which may keep its history in that folder */
    protected WireContract(Wire wire, Function<Path, House> opens) {
        this.wire = wire;
        this.opens = opens;
    }

    @BeforeAll
    void open(@TempDir Path dataDir) {
        house = opens.apply(dataDir);
    }

    @AfterAll
    void shut() {
        if (house != null) { // else what it needs is not on this machine
            house.close();
        }
    }

    @AfterEach
    void vanish() {
        clients.forEach(WireClient::vanish);
        clients.clear();
    }

    /** To be called first in each test. */
    final String newRoom() {
        room = "room-" + ROOMS.incrementAndGet();
        return room;
    }

    final Wire wire() {
        return wire;
    }

    private House house() {
        return Objects.requireNonNull(house);
    }

    /** For those whose wire it is. */
    final Http http() {
        return house().http();
    }

    final Witness witness() {
        return house().witness();
    }

    final WireClient connect(Wire over) {
        return connect(over, room, null);
    }

    /** Somebody who comes back, and was there up to a position. */
    private WireClient resume(String position) {
        return connect(wire, room, position);
    }

    private WireClient connect(Wire over, String into, @Nullable String since) {
        return kept(house().connect(over, into, since, "en"));
    }

    final WireClient joined(Wire over, String name) {
        return connect(over).join(name);
    }

    final WireClient kept(WireClient client) {
        clients.add(client);
        return client;
    }

    /** Somebody on every wire, who has joined. */
    final Map<Wire, WireClient> somebodyOnEveryWire() {
        Map<Wire, WireClient> all = new EnumMap<>(Wire.class);
        for (Wire each : Wire.values()) {
            all.put(each, joined(each, "on " + each.name().replace('_', ' ')));
        }
        return all;
    }

    /** The conversation as the history has it. */
    final List<Said> history(String since) {
        return witness().messagesAfter(room, since).stream()
                .map(json -> new Said(json.text("by"), json.text("text"), Optional.empty()))
                .toList();
    }

    private void runAll(List<Runnable> tasks) throws InterruptedException {
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = tasks.stream()
                .map(task -> Thread.ofVirtual()
                        .uncaughtExceptionHandler((t, e) -> failures.add(e))
                        .start(task))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
    }

    @Test
    void asksForANameInTheReadersLanguage() throws Exception {
        newRoom();
        WireClient english = connect(wire);
        WireClient portuguese = kept(house().connect(wire, room, null, "pt-BR,pt;q=0.9,en;q=0.8"));
        assertAsksForAName(english, portuguese);
    }

    /** On a wire for programs: by an object that says so. */
    void assertAsksForAName(WireClient english, WireClient portuguese) throws Exception {
        assertEquals("{\"type\":\"ask\"}", english.awaitAsk());
        assertEquals("{\"type\":\"ask\"}", portuguese.awaitAsk());
        english.join("Ana");
    }

    @Test
    void aMessageReachesTheOthersOnEveryWireAndNotTheSender() {
        newRoom();
        Map<Wire, WireClient> others = somebodyOnEveryWire();
        WireClient alex = joined(wire, "Alex");
        alex.say("Muito bom esse servidor.");
        others.values().forEach(other -> other.awaitText("Muito bom esse servidor."));
        Objects.requireNonNull(others.get(Wire.WEBSOCKET_TEXT)).say("Verdade!");
        alex.awaitText("Verdade!");
        List<Said> heard = Heard.conversation(alex.heard().all());
        Said own = new Said("Alex", "Muito bom esse servidor.", Optional.empty());
        // Who posts and who reads the feed are two connections.
        assertEquals(!wire.isPresent(), heard.contains(own));
        others.forEach((over, other) ->
                assertTrue(Heard.conversation(other.heard().all()).contains(own), "over " + over));
    }

    @Test
    void thereIsOneOrderForAll() throws Exception {
        newRoom();
        String start = witness().position();
        int each = 15;
        Map<String, WireClient> speakers = new java.util.TreeMap<>();
        List<WireClient> listeners = new ArrayList<>();
        for (Wire over : Wire.values()) {
            listeners.add(joined(over, "listener " + listeners.size()));
            String name = "speaker " + speakers.size();
            speakers.put(name, joined(over, name));
        }
        for (int more = 0; more < 3; more++) {
            String name = "speaker " + speakers.size();
            speakers.put(name, joined(wire, name));
        }
        List<Runnable> talks = new ArrayList<>();
        speakers.forEach((name, speaker) ->
                talks.add(() -> IntStream.range(0, each).forEach(i -> speaker.say("number " + i))));
        runAll(talks);
        speakers.forEach((name, speaker) -> assertEquals(
                List.of(),
                speaker.heard().all().stream()
                        .filter(Heard.Refused.class::isInstance)
                        .toList(),
                name + " was refused"));
        int total = each * speakers.size();
        List<Said> asFirstHeard = listeners.getFirst().awaitMessages(total);
        assertEquals(history(start), asFirstHeard);
        assertEquals(total, asFirstHeard.size());
        listeners.forEach(listener -> assertEquals(asFirstHeard, listener.awaitMessages(total)));
        speakers.forEach((name, speaker) -> {
            // Not before it has heard as much as the others said: it may be the last to hear anything.
            List<Said> heard = speaker.awaitMessages(total - each);
            boolean hearsItself = heard.stream().anyMatch(said -> said.by().equals(name));
            List<Said> due = asFirstHeard.stream()
                    .filter(said -> hearsItself || !said.by().equals(name))
                    .toList();
            assertEquals(due, hearsItself ? speaker.awaitMessages(total) : heard);
            List<Said> own =
                    asFirstHeard.stream().filter(said -> said.by().equals(name)).toList();
            assertEquals(
                    IntStream.range(0, each).mapToObj(i -> "number " + i).toList(),
                    own.stream().map(Said::text).toList());
        });
    }

    @Test
    void whoResumesLosesNothingAndHearsNothingTwiceWhileOthersTalk() throws Exception {
        newRoom();
        String start = witness().position();
        AtomicBoolean enough = new AtomicBoolean();
        Thread talk = Thread.ofVirtual().start(() -> {
            for (int i = 0; !enough.get(); i++) {
                witness().pass(room, "Talker", "number " + i);
            }
        });
        List<Said> heard = new ArrayList<>();
        String position = start;
        for (int cut = 1; cut <= 5; cut++) {
            WireClient reader = resume(position).join("Reader " + cut);
            List<Said> more = reader.awaitMessages(12);
            reader.vanish();
            heard.addAll(more);
            position = positionOf(more.getLast());
        }
        enough.set(true);
        talk.join();
        List<Said> all = history(start);
        WireClient reader = resume(position).join("Reader at last");
        heard.addAll(reader.awaitMessages(all.size() - heard.size()));
        assertEquals(all, heard);
    }

    /** As a program would know it from the message, and a person's client from the history. */
    private String positionOf(Said last) {
        return witness().messagesAfter(room, "0-0").stream()
                .filter(json -> json.text("text").equals(last.text()))
                .map(json -> json.text("id"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoIsThereIsToldThatSomethingIsGone() {
        newRoom();
        String start = witness().position();
        WireClient reader = joined(wire, "Reader");
        String gone = sayTwoThings(start);
        reader.awaitText("this stays");
        remove(gone);
        reader.heard().next(heard -> isRemoval(heard, gone));
        assertEquals(
                List.of("this stays"), history(start).stream().map(Said::text).toList());
        clear();
        reader.heard().next(WireContract::isClearing);
        assertEquals(List.of(), history(start));
    }

    @Test
    void whoComesBackIsToldWhatIsLeftAndThatSomethingIsGone() {
        newRoom();
        String start = witness().position();
        String gone = sayTwoThings(start);
        remove(gone);
        WireClient again = resume(start).join("Again");
        awaitHeard(again, heard -> isRemoval(heard, gone));
        assertEquals(
                List.of("this stays"),
                Heard.conversation(again.heard().all()).stream().map(Said::text).toList());
        clear();
        WireClient anew = resume(start).join("Anew");
        awaitHeard(anew, WireContract::isClearing);
        assertEquals(List.of(), Heard.conversation(anew.heard().all()));
    }

    /** A feed tells before its reader has a name. */
    private static void awaitHeard(WireClient client, Predicate<Heard> wanted) {
        await("it is told", () -> client.heard().all().stream().anyMatch(wanted));
    }

    /** @return the position of the first */
    final String sayTwoThings(String start) {
        witness().pass(room, "Bia", "not for here");
        witness().pass(room, "Bia", "this stays");
        return witness().messagesAfter(room, start).getFirst().text("id");
    }

    private void clear() {
        house().act(room, new Act.Clear());
    }

    /** An operator takes the message at a position away. */
    final void remove(String id) {
        house().act(room, new Act.Remove(id));
    }

    private static boolean isRemoval(Heard heard, String of) {
        return heard instanceof Heard.Other(String line)
                && (line.matches("\\* Olga (removed a message of|removeu uma mensagem de) Bia\\.")
                        || line.contains("\"type\":\"removed\"") && line.contains("\"of\":\"" + of + "\""));
    }

    private static boolean isClearing(Heard heard) {
        return heard instanceof Heard.Other(String line)
                && (line.matches("\\* Olga (removed all messages|removeu todas as mensagens)\\.")
                        || line.contains("\"type\":\"cleared\""));
    }

    @Test
    void aReplayContainsOnesOwnMessages() {
        newRoom();
        String start = witness().position();
        joined(wire, "Ana").say("mine");
        await("it is kept", () -> !history(start).isEmpty());
        WireClient again = resume(start).join("Ana again");
        assertEquals("mine", again.awaitMessages(1).getFirst().text());
    }

    @Test
    void controlCharactersAreNeutralised() {
        Map<String, String> attacks = attacks();
        newRoom();
        String start = witness().position();
        Map<Wire, WireClient> others = somebodyOnEveryWire();
        WireClient mallory = joined(wire, "Mallory");
        attacks.keySet().forEach(mallory::say);
        mallory.say("end");
        List<Said> expected = new ArrayList<>(attacks.values().stream()
                .map(text -> new Said("Mallory", text, Optional.empty()))
                .toList());
        expected.add(new Said("Mallory", "end", Optional.empty()));
        others.forEach((over, other) -> {
            other.awaitText("end");
            List<Heard> all = other.heard().all();
            assertEquals(expected, Heard.conversation(all), "over " + over);
            assertTrue(
                    all.stream()
                            .noneMatch(h ->
                                    h instanceof Heard.Other line && line.line().contains("fake")),
                    () -> "forged over " + over + ": " + all);
        });
        assertEquals(expected, history(start));
    }

    /** What somebody says, and what everybody must hear. */
    private Map<String, String> attacks() {
        Map<String, String> attacks = new java.util.LinkedHashMap<>();
        attacks.put("bell \u0007, colour \u001b[31m", "bell \uFFFD, colour \uFFFD[31m");
        attacks.put("C1 \u009b31m", "C1 \uFFFD31m");
        attacks.put(
                "right to left \u202etxt.exe \u2066x\u2069 \u200f", "right to left \uFFFDtxt.exe \uFFFDx\uFFFD \uFFFD");
        attacks.put("a\u0085* fake", "a\n* fake");
        attacks.put("a\u2028Bob: hi", "a\nBob: hi");
        attacks.put("a\u2029* name-taken: fake", "a\n* name-taken: fake");
        attacks.put("a\u2028  Bob: hi", "a\n  Bob: hi");
        attacks.put("tab\tand family \uD83D\uDC69\u200D\uD83D\uDC67", "tab\tand family \uD83D\uDC69\u200D\uD83D\uDC67");
        attacks.put("vertical\u000btab, form\u000cfeed", "vertical\uFFFDtab, form\uFFFDfeed");
        if (wire != Wire.TCP_TEXT) { // where these end the line, and so the message
            attacks.put("b\n* fake", "b\n* fake");
            attacks.put("b\nBob: hi\n\nBob: there", "b\nBob: hi\n\nBob: there");
            attacks.put("b\r\nBob: hi", "b\nBob: hi");
            attacks.put("b\rBob: hi", "b\nBob: hi");
            attacks.put("b\n\rBob: hi", "b\n\nBob: hi");
            attacks.put("b\u0000\u0008\u007f", "b\uFFFD\uFFFD\uFFFD");
        }
        return attacks;
    }

    @Test
    void whatCanNotBeDoneIsRefusedWithTheReasonAndTheConnectionLives() {
        newRoom();
        WireClient ana = joined(Wire.WEBSOCKET_JSON, "Ana");
        WireClient client = connect(wire);
        client.offerName("Zoe");
        client.awaitWelcome();
        refusals(client).forEach((reason, attempt) -> {
            attempt.run();
            assertEquals(reason, client.awaitRefusal());
        });
        client.say("still here");
        ana.awaitText("still here");
        assertTrue(Heard.conversation(ana.heard().all()).stream()
                .allMatch(said -> said.text().equals("still here")));
    }

    /** What a client that has joined may try, by the reason for which it must be refused. */
    Map<String, Runnable> refusals(WireClient client) {
        return Map.of(
                "text-empty", () -> client.say(" \u00a0\u3000 "),
                "text-too-long", () -> client.say("x".repeat(4_001)),
                "malformed", client::sendMalformed,
                "unknown-command", client::sendUnknownCommand,
                "room-invalid", () -> client.moveTo("The Attic"),
                "not-here", () -> client.whisper("Nobody", "hi"));
    }

    @Test
    void aNameThatCanNotBeHadIsRefusedAndAskedForAgain() {
        newRoom();
        joined(Wire.TCP_TEXT, "Ana");
        WireClient client = connect(wire);
        client.awaitAsk();
        client.whisper("Ana", "psst");
        assertEquals("not-joined", client.awaitRefusal());
        client.offerName("ＡＮＡ");
        assertEquals("name-taken", client.awaitRefusal());
        client.awaitAsk();
        for (String bad :
                List.of("Аna", "a:b", "*", "a\u202eb", "Anɑ\u02d0 hi", "✳ Ana left", "Admin", "x".repeat(33))) {
            client.offerName(bad);
            assertEquals("name-invalid", client.awaitRefusal(), bad);
            client.awaitAsk();
        }
        client.offerName("Anɑ");
        assertEquals("name-taken", client.awaitRefusal(), "who looks like Ana");
        client.awaitAsk();
        client.join("Ana-Lúcia O’Neill 2");
    }

    /** All of it in one test: one address may claim three names a day. */
    @Test
    void aClaimedNameIsForThoseAloneWhoShowItsSecret() {
        newRoom();
        Wire claims = wire.isPresent() ? wire : Wire.TCP_JSON;
        WireClient owner = joined(claims, "Claudia");
        owner.claim();
        String secret = owner.awaitSecret();
        assertTrue(secret.matches("prosa_claim_[A-Za-z0-9_-]{22}"), secret);
        WireClient listener = connect(Wire.HTTP);
        for (Wire each : Wire.values()) {
            if (each == wire || each.isPresent()) {
                assertOfNobodyElse(connect(each), "CLAUDIA");
            }
        }
        WireClient back = connect(wire);
        back.offerName("Claudia", secret);
        back.awaitWelcome();
        back.say("it is me");
        listener.awaitText("it is me");
        if (wire.isPresent()) {
            owner.heard().untilEnd(); // they have replaced themselves
            back.release();
            joined(wire, "Other").say("is it free?");
            back.awaitText("is it free?");
            back.vanish();
            listener.heard().next(new Heard.Left("Claudia")::equals);
            joined(wire, "claudia");
        }
        assertTrue(listener.heard().all().stream()
                .noneMatch(heard -> heard.toString().contains(secret)));
    }

    /** Neither without the secret nor by a guess. */
    private void assertOfNobodyElse(WireClient client, String name) {
        if (client instanceof TalkingWire talking && !talking.isJson()) {
            client.offerName(name);
            client.heard().next(new Heard.AskSecret(name)::equals);
            client.offerName("prosa_claim_a-guess");
            assertEquals("name-claimed", client.awaitRefusal());
            client.heard().next(new Heard.AskSecret(name)::equals);
            return;
        }
        client.offerName(name);
        assertEquals("name-claimed", refusalOfTheName(client));
        client.offerName(name, "prosa_claim_a-guess");
        assertEquals("name-claimed", refusalOfTheName(client));
    }

    /** Over HTTP a name is given with what is said. */
    private static String refusalOfTheName(WireClient client) {
        if (!(client instanceof TalkingWire)) {
            client.say("hello");
        }
        return client.awaitRefusal();
    }

    @Test
    void blanksInANameAndCapitalsInARoomsAreMadeRight() {
        newRoom();
        WireClient ana = joined(Wire.TCP_TEXT, "Ana");
        WireClient client = connect(wire, room.toUpperCase(Locale.ROOT), null);
        client.join(" two \u00a0 blanks").say("hello\n");
        assertEquals(List.of(new Said("two blanks", "hello", Optional.empty())), ana.awaitMessages(1));
    }

    @Test
    void whoLeavesOrVanishesLeavesNothingBehind() {
        newRoom();
        WireClient watcher = joined(Wire.WEBSOCKET_JSON, "Watcher");
        for (int round = 0; round < 3; round++) {
            WireClient ana = joined(wire, "Ana");
            assertEquals(new Heard.Joined("Ana", wire.via()), watcher.heard().next(Heard.Joined.class::isInstance));
            WireClient bia = joined(wire, "Bia");
            watcher.heard().next(new Heard.Joined("Bia", wire.via())::equals);
            await("three are there", () -> witness().headCount(room) == 3);
            ana.vanish();
            watcher.heard().next(new Heard.Left("Ana")::equals);
            bia.close();
            watcher.heard().next(new Heard.Left("Bia")::equals);
            await("one is there", () -> witness().headCount(room) == 1);
        }
        watcher.close();
        await("everybody has left", () -> witness().headCount(room) == 0);
        assertTrue(!witness().rooms().contains(room), "a room in which nothing was said is nowhere");
    }

    @Test
    void aRoomThatIsOnlyReadIsNotMade() {
        newRoom();
        List<Json> none = witness().lastMessages(room);
        WireClient reader = connect(Wire.HTTP);
        assertEquals(List.of(), none);
        assertTrue(!witness().rooms().contains(room));
        joined(wire, "Ana").say("now it is there");
        reader.awaitText("now it is there");
        assertTrue(witness().rooms().contains(room));
    }
}
