package prosa.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.application.port.Act;
import prosa.application.port.Banned;
import prosa.application.port.Command;
import prosa.application.port.Deed;
import prosa.application.port.Event;
import prosa.application.port.Secret;
import prosa.domain.Fault;
import prosa.domain.Reason;
import prosa.language.Language;

/** What operators write and read, in both dialects. */
class ActsInDialectsTest {
    private static final Optional<String> NONE = Optional.empty();
    private static final Instant LATER = Instant.parse("2026-03-04T06:06:07Z");

    private final TextDialect text = new TextDialect(Language.ENGLISH, ZoneOffset.UTC);
    private final TextDialect texto = new TextDialect(Language.PORTUGUESE, ZoneOffset.UTC);
    private final JsonDialect json = new JsonDialect(Language.ENGLISH);

    private static Command perform(Act act) {
        return new Command.Perform(act, NONE, NONE);
    }

    private void assertRead(Act act, String typed, String object) {
        assertEquals(perform(act), text.read(typed));
        assertEquals(perform(act), json.read(object));
    }

    @Test
    void everyActIsRead() {
        assertRead(new Act.Kick("Eve"), "/kick Eve", "{\"type\":\"kick\",\"name\":\"Eve\"}");
        assertRead(
                new Act.Mute("Eve", Optional.of("10m")),
                "/mute Eve 10m",
                "{\"type\":\"mute\",\"name\":\"Eve\",\"time\":\"10m\"}");
        assertRead(new Act.Mute("Eve", NONE), "/MUTE Eve", "{\"type\":\"mute\",\"name\":\"Eve\"}");
        assertRead(new Act.Unmute("Eve"), "/unmute Eve", "{\"type\":\"unmute\",\"name\":\"Eve\"}");
        assertRead(new Act.Quiet(), "/quiet", "{\"type\":\"quiet\"}");
        assertRead(new Act.Unquiet(), "/unquiet", "{\"type\":\"unquiet\"}");
        assertRead(new Act.Ban("Eve", NONE), "/ban Eve", "{\"type\":\"ban\",\"name\":\"Eve\"}");
        assertRead(
                new Act.Ban("@192.0.2.1", Optional.of("7d")),
                "/ban @192.0.2.1 7d",
                "{\"type\":\"ban\",\"address\":\"192.0.2.1\",\"time\":\"7d\"}");
        assertRead(
                new Act.Unban("@2001:db8::1"),
                "/unban @2001:db8::1",
                "{\"type\":\"unban\",\"address\":\"2001:db8::1\"}");
        assertRead(new Act.Release("Eve"), "/release Eve", "{\"type\":\"release\",\"name\":\"Eve\"}");
        assertRead(new Act.Bans(), "/bans", "{\"type\":\"bans\"}");
        assertRead(new Act.Close(), "/close", "{\"type\":\"close\"}");
        assertRead(new Act.Open(), "/open", "{\"type\":\"open\"}");
        assertRead(new Act.Remove("7-9"), "/remove 7-9", "{\"type\":\"remove\",\"id\":\"7-9\"}");
        assertRead(new Act.RemoveLast("Eve", NONE), "/remove Eve", "{\"type\":\"remove\",\"name\":\"Eve\"}");
        assertRead(
                new Act.RemoveLast("Ana Maria", Optional.of("3")),
                "/remove Ana Maria 3",
                "{\"type\":\"remove\",\"name\":\"Ana Maria\",\"count\":3}");
        assertRead(new Act.Clear(), "/clear", "{\"type\":\"clear\"}");
        assertRead(new Act.Acts(), "/acts", "{\"type\":\"acts\"}");
        assertEquals(
                new Command.Perform(new Act.Quiet(), Optional.of("den"), Optional.of("r")),
                json.read("{\"type\":\"quiet\",\"room\":\"den\",\"ref\":\"r\"}"));
    }

    @Test
    void aNameMayHaveBlanksAndEvenEndLikeATime() {
        assertEquals(perform(new Act.Kick("Ana Maria")), text.read("/kick Ana Maria"));
        assertEquals(perform(new Act.Kick("Ana Maria")), text.read("/kick “Ana Maria”"));
        assertEquals(perform(new Act.Mute("Ana Maria", Optional.of("1h"))), text.read("/mute Ana Maria 1h"));
        assertEquals(perform(new Act.Mute("Agent 7d", NONE)), text.read("/mute \"Agent 7d\""));
        assertEquals(perform(new Act.Mute("Agent 7d", Optional.of("1h"))), text.read("/mute \"Agent 7d\" 1h"));
        assertEquals(perform(new Act.Mute("Eve 10000d", NONE)), text.read("/mute \"Eve 10000d\""));
        assertEquals(perform(new Act.Mute("Eve", Optional.of("10000d"))), text.read("/mute Eve 10000d"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/kick",
                "/mute",
                "/ban",
                "/unban",
                "/unmute",
                "/quiet now",
                "/acts 5",
                "/close den",
                "/op",
                "/key den",
                "/kick Ana\nhi"
            })
    void whatIsWrittenWrongIsToldHow(String line) {
        Command.Unreadable unreadable = assertInstanceOf(Command.Unreadable.class, text.read(line));
        assertEquals(Reason.MALFORMED, unreadable.reason());
        Fault.Usage usage =
                assertInstanceOf(Fault.Usage.class, unreadable.fault().orElseThrow());
        String told = text.write(new Event.Refusal(Reason.MALFORMED, Optional.of(usage), NONE))
                .getFirst();
        assertEquals(
                "* malformed: Write /" + line.strip().split("\\W+")[1],
                told.substring(
                        0, told.indexOf('/') + line.strip().split("\\W+")[1].length() + 1));
    }

    @Test
    void aSecretIsReadAndNeverPrinted() {
        Command op = text.read("/op the token");
        assertEquals(new Command.Op(Secret.shown("TOKEN", "the token"), NONE), op);
        assertEquals(
                new Command.Op(Secret.shown("token", "the token"), Optional.of("1")),
                json.read("{\"type\":\"op\",\"token\":\"the token\",\"ref\":\"1\"}"));
        Command key = text.read("/key den the key");
        Command.Join join = assertInstanceOf(Command.Join.class, key);
        assertEquals(Optional.of("den"), join.room());
        assertEquals(Optional.of(Secret.shown("KEY", "the key")), join.roomKey());
        assertEquals(
                join.roomKey(),
                ((Command.Join) json.read("{\"type\":\"join\",\"room\":\"den\",\"roomKey\":\"the key\"}")).roomKey());
        assertFalse((op.toString() + key).contains("the "), op.toString() + key);
    }

    private static Deed deed(Deed.Kind kind) {
        return new Deed(kind, Samples.ROOM, Samples.ANA, Optional.of(Samples.ALEX), Optional.of(LATER), Samples.AT);
    }

    @ParameterizedTest
    @EnumSource(Deed.Kind.class)
    void everyDeedIsToldInBothLanguages(Deed.Kind kind) {
        for (TextDialect dialect : List.of(text, texto)) {
            String told = dialect.write(new Event.Acted(deed(kind))).getFirst();
            assertEquals(0, told.indexOf("* " + Samples.ANA + " "), told);
        }
    }

    @Test
    void theRoomIsToldWhoWasBannedUntilWhenAndNoAddress() {
        assertEquals(
                List.of("* Ana has banned Alex until 4 Mar 2026, 06:06"),
                text.write(new Event.Acted(deed(Deed.Kind.BAN))));
        assertEquals(
                List.of("* Ana baniu um endereço até 4 de mar. de 2026, 06:06"),
                texto.write(new Event.Acted(new Deed(
                        Deed.Kind.BAN, Samples.ROOM, Samples.ANA, Optional.empty(), Optional.of(LATER), Samples.AT))));
        assertEquals(
                List.of("{\"type\":\"acted\",\"act\":\"ban\",\"room\":\"" + Samples.ROOM
                        + "\",\"by\":\"Ana\",\"name\":\"Alex\",\"until\":\"2026-03-04T06:06:07.000Z\",\"at\":\""
                        + "2026-01-02T03:04:05.678Z\"}"),
                json.write(new Event.Acted(deed(Deed.Kind.BAN))));
    }

    @Test
    void theKeyIsShownOnce() {
        Event.Closed closed = new Event.Closed(Samples.ROOM, Secret.shown("key", "the key"), Optional.of("r"));
        assertEquals(List.of("* The key of " + Samples.ROOM + ", shown this once: the key"), text.write(closed));
        assertEquals(
                List.of("{\"type\":\"closed\",\"ref\":\"r\",\"room\":\"" + Samples.ROOM
                        + "\",\"roomKey\":\"the key\"}"),
                json.write(closed));
        assertFalse(closed.toString().contains("the key"), closed.toString());
    }

    @Test
    void listsAreListedAlsoIfThereIsNothing() {
        assertEquals(List.of("* Nobody is banned."), text.write(new Event.Bans(List.of(), NONE)));
        assertEquals(List.of("* Os operadores ainda não fizeram nada."), texto.write(new Event.Acts(List.of(), NONE)));
        List<Banned> bans =
                List.of(new Banned("@192.0.2.1", Samples.ANA, LATER), new Banned("Alex", Samples.ANA, LATER));
        assertEquals(
                List.of("* @192.0.2.1, by Ana, until 4 Mar 2026, 06:06", "* Alex, by Ana, until 4 Mar 2026, 06:06"),
                text.write(new Event.Bans(bans, NONE)));
        assertEquals(
                List.of("{\"type\":\"bans\",\"bans\":[{\"address\":\"192.0.2.1\",\"by\":\"Ana\",\"until\":"
                        + "\"2026-03-04T06:06:07.000Z\"},{\"name\":\"Alex\",\"by\":\"Ana\",\"until\":"
                        + "\"2026-03-04T06:06:07.000Z\"}]}"),
                json.write(new Event.Bans(bans, NONE)));
    }
}
