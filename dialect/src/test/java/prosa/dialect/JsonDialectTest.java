package prosa.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.application.port.Command;
import prosa.application.port.Event;
import prosa.delivery.CloseReason;
import prosa.domain.Fault;
import prosa.domain.Participant;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Text;
import prosa.domain.Via;
import prosa.language.Language;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonDialectTest {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonDialect dialect = new JsonDialect(Language.ENGLISH);

    @Test
    void everyCommandIsRead() {
        assertEquals(
                new Command.Join(
                        Optional.of("Ana"),
                        Optional.of("tea"),
                        Optional.of("7-9"),
                        Optional.of("secret"),
                        Optional.of("1")),
                dialect.read("""
                        {"type":"join","name":"Ana","room":"tea","since":"7-9","token":"secret","ref":"1"}"""));
        assertEquals(
                new Command.Join(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                dialect.read("{\"type\":\"join\"}"));
        assertEquals(
                new Command.Say("hi\nthere", Optional.of("k"), Optional.of("r")),
                dialect.read(" { \"ref\" : \"r\" , \"key\" : \"k\" , \"text\":\"hi\\nthere\", \"type\":\"say\" } \r"));
        assertEquals(
                new Command.Rename("Bia", Optional.empty()), dialect.read("{\"type\":\"rename\",\"name\":\"Bia\"}"));
        assertEquals(new Command.Who(Optional.of("w")), dialect.read("{\"type\":\"who\",\"ref\":\"w\"}"));
        assertEquals(
                new Command.Whisper("Ana", "psst", Optional.empty()),
                dialect.read("{\"type\":\"whisper\",\"to\":\"Ana\",\"text\":\"psst\"}"));
        assertEquals(new Command.Leave(Optional.empty()), dialect.read("{\"type\":\"leave\"}"));
        assertEquals(new Command.Claim(Optional.of("r")), dialect.read("{\"type\":\"claim\",\"ref\":\"r\"}"));
        assertEquals(new Command.Release(Optional.of("r")), dialect.read("{\"type\":\"release\",\"ref\":\"r\"}"));
    }

    @Test
    void unknownFieldsAreIgnoredAndNullCountsAsLeftOut() {
        assertEquals(
                new Command.Say("hi", Optional.empty(), Optional.empty()),
                dialect.read("{\"x\":{\"text\":[1,{\"type\":2}],\"a\":1,\"a\":2},\"type\":\"say\",\"text\":\"hi\","
                        + "\"key\":null,\"since\":5,\"ref\":null,\"y\":[[]]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hi",
                "null",
                "42",
                "[]",
                "\"say\"",
                "{",
                "{}",
                "{\"type\":5}",
                "{\"type\":null}",
                "{\"type\":\"say\"}",
                "{\"type\":\"say\",\"text\":5}",
                "{\"type\":\"say\",\"text\":null}",
                "{\"type\":\"say\",\"text\":[\"hi\"]}",
                "{\"type\":\"say\",\"text\":\"hi\"",
                "{\"type\":\"say\",\"text\":\"hi",
                "{\"type\":\"say\",\"text\":\"hi\"} x",
                "{\"type\":\"say\",\"text\":\"hi\"}{}",
                "{\"type\":\"say\",\"text\":\"hi\",}",
                "{\"type\":\"say\",\"text\":\"a\",\"text\":\"b\"}",
                "{'type':'who'}",
                "{type:\"who\"}",
                "{\"type\":\"who\"/**/}",
                "{\"type\":\"say\",\"text\":\"a\nb\"}",
                "{\"type\":\"say\",\"text\":\"\\ud83\"}",
                "{\"type\":\"who\",\"ref\":{}}",
                "{\"type\":\"who\",\"ref\":true}",
                "{\"type\":\"who\",\"ref\":01}",
                "{\"type\":\"who\",\"ref\":NaN}",
                "{\"type\":\"join\",\"name\":5}",
                "/who",
                "{\"type\":\"whisper\",\"text\":\"hi\"}",
                "\u0000",
                "\ufeff{\"type\":\"who\"}"
            })
    void whatIsNoCommandIsMalformed(String line) {
        assertMalformed(Optional.empty(), line);
    }

    private Fault assertMalformed(Optional<String> ref, String line) {
        Command.Unreadable unreadable = assertInstanceOf(Command.Unreadable.class, dialect.read(line));
        assertEquals(Reason.MALFORMED, unreadable.reason());
        assertEquals(ref, unreadable.ref());
        return unreadable.fault().orElseThrow();
    }

    @Test
    void theFieldThatIsWrongIsNamed() {
        assertEquals(new Fault.NotObject(), assertMalformed(Optional.empty(), "{\"type\":\"who\""));
        assertEquals(new Fault.Missing("type"), assertMalformed(Optional.empty(), "{}"));
        assertEquals(new Fault.Missing("text"), assertMalformed(Optional.empty(), "{\"type\":\"say\"}"));
        assertEquals(new Fault.NotText("text"), assertMalformed(Optional.empty(), "{\"type\":\"say\",\"text\":5}"));
        assertEquals(
                new Fault.TooMany("text", 1),
                assertMalformed(Optional.empty(), "{\"type\":\"say\",\"text\":\"a\",\"text\":\"b\"}"));
        assertEquals(new Fault.TooLong("ref", 256), assertMalformed(Optional.empty(), "{\"type\":\"who\",\"ref\":{}}"));
        String told = dialect.write(
                        new Event.Refusal(Reason.MALFORMED, Optional.of(new Fault.Missing("text")), Optional.empty()))
                .getFirst();
        assertTrue(told.contains("\"message\":\"text is missing.\""), told);
    }

    @Test
    void whatIsMeantForOneIsNotSaidToAll() {
        assertEquals(
                new Fault.OutOfPlace("to"),
                assertMalformed(Optional.of("r"), "{\"type\":\"say\",\"to\":\"Bia\",\"text\":\"psst\",\"ref\":\"r\"}"));
        Refused refused = assertThrows(Refused.class, () -> JsonDialect.post("{\"to\":\"Bia\",\"text\":\"psst\"}"));
        assertEquals(Optional.of(new Fault.OutOfPlace("to")), refused.fault());
    }

    @Test
    void aRoomAndANameAreClaims() {
        Command say = new Command.Say("hi", Optional.empty(), Optional.of("r"));
        assertEquals(
                new Command.Asserting(Optional.of("team"), Optional.of("Ana"), say),
                dialect.read("{\"type\":\"say\",\"room\":\"team\",\"name\":\"Ana\",\"text\":\"hi\",\"ref\":\"r\"}"));
        assertEquals(
                new Command.Asserting(
                        Optional.of("team"), Optional.empty(), new Command.Rename("Bia", Optional.empty())),
                dialect.read("{\"type\":\"rename\",\"room\":\"team\",\"name\":\"Bia\"}"));
        assertEquals(
                new Fault.NotText("room"),
                assertMalformed(Optional.empty(), "{\"type\":\"say\",\"text\":\"hi\",\"room\":5}"));
    }

    @Test
    void aRefusedLineKeepsItsRefWhereItCouldBeRead() {
        for (String line : List.of(
                "{\"type\":\"say\",\"text\":5,\"ref\":\"r\"}",
                "{\"ref\":\"r\",\"type\":\"say\",\"text\":\"broken",
                "{\"ref\":\"r\"}",
                "{\"type\":\"who\",\"ref\":\"r\"}}")) {
            assertMalformed(Optional.of("r"), line);
        }
        assertEquals(
                new Command.Unreadable(Reason.UNKNOWN_COMMAND, Optional.of("r")),
                dialect.read("{\"type\":\"dance\",\"ref\":\"r\"}"));
    }

    @Test
    void deepNestingIsRefusedWithoutHarm() {
        String deep = "{\"x\":" + "[".repeat(50_000) + "]".repeat(50_000) + ",\"type\":\"who\"}";
        assertMalformed(Optional.empty(), deep);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"r1\"",
                "\"\"",
                "\"7\"",
                "7",
                "-1.5e10",
                "0",
                "1234567890123456789012",
                "\"\\n\\u0001\\\"\"",
                "\"\\u000113x\"",
                "\"\\u0001\\\",\\\"type\\\":\\\"said\"",
                "\"é👩\""
            })
    void aRefComesBackAsItCame(String ref) {
        Command command = dialect.read("{\"type\":\"say\",\"text\":\"hi\",\"ref\":" + ref + "}");
        String ack = only(new Event.Ack(command.ref(), new Position(7, 9), Samples.AT));
        assertEquals("{\"type\":\"ack\",\"ref\":" + ref + ",\"id\":\"7-9\",\"at\":\"2026-01-02T03:04:05.678Z\"}", ack);
    }

    @Test
    void aLongRefIsMalformed() {
        assertMalformed(Optional.empty(), "{\"type\":\"who\",\"ref\":\"" + "r".repeat(257) + "\"}");
    }

    @Test
    void whatIsGoneIsToldByItsPositionAndNotByItsText() {
        assertEquals(
                "{\"type\":\"removed\",\"id\":\"1767323045678-43\",\"of\":\"1767323045678-42\",\"room\":\"main\","
                        + "\"by\":\"Ana\",\"at\":\"2026-01-02T03:04:05.678Z\"}",
                only(Samples.removed()));
        assertEquals(
                "{\"type\":\"cleared\",\"id\":\"1767323045678-44\",\"room\":\"main\",\"by\":\"Ana\","
                        + "\"at\":\"2026-01-02T03:04:05.678Z\"}",
                only(Samples.cleared()));
    }

    @Test
    void aMessageHasTheFieldsOfTheContract() {
        String expected = "{\"type\":\"said\",\"id\":\"1767323045678-42\",\"room\":\"main\",\"by\":\"Alex\","
                + "\"via\":\"ws\",\"at\":\"2026-01-02T03:04:05.678Z\",\"text\":\"a/b\\nc\"}";
        assertEquals(expected, only(Samples.said("a/b\nc")));
        assertEquals(expected, JsonDialect.said(Samples.message("a/b\nc")));
    }

    @Test
    void wholeSecondsHaveMillisecondsToo() {
        assertTrue(only(new Event.Ack(Optional.empty(), new Position(1, 2), Samples.AT.minusMillis(678)))
                .contains("\"at\":\"2026-01-02T03:04:05.000Z\""));
    }

    @Test
    void aWelcomeHasTheFieldsOfTheContract() {
        assertEquals(
                "{\"type\":\"welcome\",\"room\":\"main\",\"name\":\"Ana\",\"token\":\"the-token\",\"position\":\"7-9\","
                        + "\"count\":1,\"present\":[{\"name\":\"Guest 1\",\"via\":\"tcp\"}],\"recent\":["
                        + JsonDialect.said(Samples.message("hi")) + "]}",
                only(Samples.welcome(1, Optional.of(List.of(Samples.message("hi"))))));
        assertTrue(only(Samples.welcome(1, Optional.of(List.of()))).contains("\"recent\":[]"));
        assertFalse(only(Samples.welcome(1, Optional.empty())).contains("recent"));
    }

    @Test
    void aSecretIsShownAlongWithAName() {
        Command.Join join = assertInstanceOf(
                Command.Join.class, dialect.read("{\"type\":\"join\",\"name\":\"Ana\",\"claim\":\"prosa_claim_x\"}"));
        assertEquals("prosa_claim_x", join.claim().orElseThrow().reveal());
        assertFalse(join.toString().contains("prosa_claim_x"), join.toString());
        Command.Rename rename = assertInstanceOf(
                Command.Rename.class,
                dialect.read("{\"type\":\"rename\",\"name\":\"Ana\",\"claim\":\"prosa_claim_x\"}"));
        assertEquals("prosa_claim_x", rename.claim().orElseThrow().reveal());
        assertEquals(
                new Command.Unreadable(Reason.MALFORMED, Optional.of(new Fault.NotKey("claim")), Optional.empty()),
                dialect.read("{\"type\":\"join\",\"name\":\"Ana\",\"claim\":\"não\"}"));
    }

    @Test
    void whatIsClaimedIsMarked() {
        assertEquals(
                "{\"type\":\"claimed\",\"ref\":\"r\",\"name\":\"Ana\",\"secret\":\"prosa_claim_0123456789abcdefghijkl\"}",
                only(new Event.Claimed(Optional.of("r"), Samples.ANA, Samples.SECRET)));
        assertEquals(
                "{\"type\":\"released\",\"ref\":\"r\",\"name\":\"Ana\"}",
                only(new Event.Released(Optional.of("r"), Samples.ANA)));
        assertEquals(
                "{\"type\":\"joined\",\"room\":\"main\",\"name\":\"Ana\",\"via\":\"tcp\",\"claimed\":true}",
                only(new Event.Joined(Samples.ROOM, Samples.ANA, new Via("tcp"), true)));
        assertEquals(
                "{\"type\":\"renamed\",\"room\":\"main\",\"from\":\"Ana\",\"name\":\"Ana\",\"claimed\":true}",
                only(new Event.Renamed(Samples.ROOM, Samples.ANA, Samples.ANA, true)));
        Participant ana = new Participant(1, Samples.ANA, new Via("tcp"), true);
        assertEquals(
                "{\"type\":\"who\",\"room\":\"main\",\"count\":1,\"present\":[{\"name\":\"Ana\",\"via\":\"tcp\",\"claimed\":true}]}",
                only(new Event.Who(Samples.ROOM, 1, List.of(ana))));
    }

    @Test
    void theOtherEventsHaveTheFieldsOfTheContract() {
        assertEquals("{\"type\":\"ask\"}", only(new Event.Ask()));
        assertEquals(
                "{\"type\":\"joined\",\"room\":\"main\",\"name\":\"Ana\",\"via\":\"tcp\"}",
                only(new Event.Joined(Samples.ROOM, Samples.ANA, new Via("tcp"), false)));
        assertEquals(
                "{\"type\":\"left\",\"room\":\"main\",\"name\":\"Ana\",\"via\":\"http\"}",
                only(new Event.Farewelled(Samples.ROOM, Samples.ANA, new Via("http"))));
        assertEquals(
                "{\"type\":\"renamed\",\"room\":\"main\",\"from\":\"Ana\",\"name\":\"Alex\"}",
                only(new Event.Called(Samples.ROOM, Samples.ANA, Samples.ALEX, false)));
        assertEquals(
                "{\"type\":\"presence\",\"room\":\"main\",\"in\":37,\"out\":2,\"count\":1204}",
                only(new Event.Presence(Samples.ROOM, 37, 2, 1204)));
        assertEquals(
                "{\"type\":\"who\",\"room\":\"main\",\"count\":1,\"present\":[{\"name\":\"Guest 1\",\"via\":\"tcp\"}]}",
                only(new Event.Who(Samples.ROOM, 1, Samples.people(1))));
        assertEquals(
                "{\"type\":\"whisper\",\"by\":\"Alex\",\"to\":\"Ana\",\"text\":\"psst\",\"at\":\"2026-01-02T03:04:05.678Z\"}",
                only(new Event.Whisper(Samples.ALEX, Samples.ANA, new Text("psst"), Samples.AT)));
        assertEquals(
                "{\"type\":\"gap\",\"room\":\"main\",\"after\":\"7-9\",\"next\":null}",
                only(new Event.Gap(Samples.ROOM, new Position(7, 9), Optional.empty())));
        assertEquals(
                "{\"type\":\"gap\",\"room\":\"main\",\"after\":\"7-9\",\"next\":\"7-12\"}",
                only(new Event.Gap(Samples.ROOM, new Position(7, 9), Optional.of(new Position(7, 12)))));
        assertEquals(List.of(), dialect.write(new Event.Help()));
        assertEquals("{\"type\":\"following\",\"position\":\"7-9\"}", only(new Event.Opening(new Position(7, 9))));
    }

    @ParameterizedTest
    @CsvSource({"ENGLISH, Nobody here is called that.", "PORTUGUESE, Ninguém aqui se chama assim."})
    void aRefusalSaysItsReasonAndASentence(Language language, String sentence) {
        assertEquals(
                List.of("{\"type\":\"refused\",\"reason\":\"not-here\",\"message\":\"" + sentence
                        + "\",\"ref\":\"r\"}"),
                new JsonDialect(language).write(new Event.Refusal(Reason.NOT_HERE, Optional.of("r"))));
    }

    @Test
    void aProgramIsToldWhyItsConnectionEnds() {
        assertTrue(dialect.write(CloseReason.TOO_SLOW).getFirst().contains("\"reason\":\"too-slow\""));
        assertTrue(dialect.write(CloseReason.UNAVAILABLE).getFirst().contains("\"reason\":\"unavailable\""));
        assertEquals(List.of(), dialect.write(CloseReason.QUIT));
        assertEquals(List.of(), dialect.write(CloseReason.SHUTDOWN));
    }

    @Test
    void aTextMayHoldSeveralLines() {
        assertEquals(List.of("{\"type\":\"who\"}", "{}"), dialect.linesOf("{\"type\":\"who\"}\r\n\n{}\n"));
        assertEquals(List.of(), dialect.linesOf("\n"));
    }

    @Test
    void aPostHasATextAndMayHaveAName() {
        assertEquals(
                new JsonDialect.Post(Optional.empty(), Optional.of("Ana"), Optional.empty(), "hi"),
                JsonDialect.post("{\n \"name\": \"Ana\",\n \"text\": \"hi\"\n}"));
        assertEquals(
                new JsonDialect.Post(Optional.empty(), Optional.empty(), Optional.empty(), "hi"),
                JsonDialect.post("{\"text\":\"hi\",\"x\":1}"));
        for (String body :
                List.of("", "hi", "{}", "{\"text\":5}", "{\"text\":\"hi\",\"name\":[]}", "{\"text\":\"hi\"")) {
            Refused refused = assertThrows(Refused.class, () -> JsonDialect.post(body));
            assertEquals(Reason.MALFORMED, refused.reason());
        }
    }

    @Test
    void errorsRoomsAndMessagesAreWrittenForHttp() {
        assertEquals(
                "{\"reason\":\"not-here\",\"message\":\"Nobody here is called that.\"}",
                dialect.error(Reason.NOT_HERE, Optional.empty()));
        assertEquals("[]", JsonDialect.rooms(Map.of()));
        assertEquals("[{\"room\":\"main\",\"count\":3}]", JsonDialect.rooms(Map.of(Samples.ROOM, 3)));
        String said = JsonDialect.said(Samples.message("hi"));
        assertEquals(
                "[" + said + "," + said + "]",
                JsonDialect.messages(List.of(Samples.message("hi"), Samples.message("hi"))));
    }

    @Test
    void hostileTextsComeThroughWhole() {
        for (String text : Samples.HOSTILE) {
            assertEquals(new Text(text).value(), fieldOf(only(Samples.said(text)), "text"));
            // What a program sends is quoted the same way: a line that we write can be read as one.
            String say = only(Samples.said(text)).replaceFirst("\"said\"", "\"say\"");
            Command.Asserting asserting = assertInstanceOf(Command.Asserting.class, dialect.read(say));
            assertEquals(
                    new Text(text).value(),
                    assertInstanceOf(Command.Say.class, asserting.command()).text());
        }
    }

    @Test
    void everyEventIsOneLineOfValidJson() {
        List<String> texts = new ArrayList<>(Samples.HOSTILE);
        Set<String> types = new HashSet<>();
        for (String text : texts) {
            for (Event event : Samples.events(text)) {
                for (String line : dialect.write(event)) {
                    types.add(fieldOf(line, "type"));
                    assertFalse(line.chars().anyMatch(c -> c < ' ' || c == 0x2028 || c == 0x2029), line);
                    assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(CharBuffer.wrap(line)), line);
                }
            }
        }
        assertEquals(
                Set.of(
                        "said",
                        "removed",
                        "cleared",
                        "joined",
                        "left",
                        "renamed",
                        "presence",
                        "ask",
                        "welcome",
                        "ack",
                        "refused",
                        "whisper",
                        "who",
                        "acted",
                        "operator",
                        "done",
                        "closed",
                        "bans",
                        "acts",
                        "claimed",
                        "released",
                        "following",
                        "gap"),
                types);
    }

    private String only(Event event) {
        List<String> lines = dialect.write(event);
        assertEquals(1, lines.size());
        return lines.getFirst();
    }

    /** A string field of the outermost object; fails if the line is not one JSON object and nothing else. */
    private static String fieldOf(String line, String field) {
        String found = "";
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            assertEquals(JsonToken.START_OBJECT, parser.nextToken());
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals(field)) {
                    found = parser.getString();
                }
                parser.skipChildren();
            }
            assertEquals(null, parser.nextToken());
        }
        return found;
    }
}
