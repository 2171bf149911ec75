package prosa.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.application.port.Command;
import prosa.application.port.Event;
import prosa.delivery.CloseReason;
import prosa.domain.Message;
import prosa.domain.Text;
import prosa.language.Language;

class TextOfThePastTest {
    private static Dialect past(Language language, String zone) {
        return new TextDialect(language, ZoneId.of(zone)).past();
    }

    private static Event.Said said(Instant at, String text) {
        Message now = Samples.message(text);
        return new Event.Said(new Message(now.id(), now.room(), now.by(), now.via(), at, new Text(text)));
    }

    /** The same moments elsewhere; and the hours that clocks skip and repeat. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-26T23:59:59.999Z, UTC,                 23:59, '* Thursday, 26 November 2026'",
        "2026-11-27T00:00:00Z,     UTC,                 00:00, '* Friday, 27 November 2026'",
        "2026-11-27T00:00:00Z,     America/Sao_Paulo,   21:00, '* Thursday, 26 November 2026'",
        "2026-11-27T00:00:00Z,     Pacific/Kiritimati,  14:00, '* Friday, 27 November 2026'",
        "2026-11-27T00:00:00Z,     Asia/Kathmandu,      05:45, '* Friday, 27 November 2026'",
        "2026-03-29T00:59:59Z,     Europe/Lisbon,       00:59, '* Sunday, 29 March 2026'",
        "2026-03-29T01:00:00Z,     Europe/Lisbon,       02:00, '* Sunday, 29 March 2026'",
        "2026-10-25T00:30:00Z,     Europe/Lisbon,       01:30, '* Sunday, 25 October 2026'",
        "2026-10-25T01:30:00Z,     Europe/Lisbon,       01:30, '* Sunday, 25 October 2026'",
        "2018-11-04T02:59:00Z,     America/Sao_Paulo,   23:59, '* Saturday, 3 November 2018'",
        "2018-11-04T03:00:00Z,     America/Sao_Paulo,   01:00, '* Sunday, 4 November 2018'",
        "2011-12-30T09:59:59Z,     Pacific/Apia,        23:59, '* Thursday, 29 December 2011'",
        "2011-12-30T10:00:00Z,     Pacific/Apia,        00:00, '* Saturday, 31 December 2011'",
    })
    void theTimeAndTheDayAreThoseOfTheZone(Instant at, String zone, String time, String day) {
        Dialect past = past(Language.ENGLISH, zone);
        assertEquals(List.of(time + " Alex: one", "  two"), past.write(said(at, "one\ntwo")));
        assertEquals(List.of(day), past.write(new Event.Day(at)));
    }

    @Test
    void theDayIsWrittenInEachLanguage() {
        Event day = new Event.Day(Samples.AT);
        assertEquals(
                List.of("* Friday, 2 January 2026"),
                past(Language.ENGLISH, "UTC").write(day));
        assertEquals(
                List.of("* sexta-feira, 2 de janeiro de 2026"),
                past(Language.PORTUGUESE, "UTC").write(day));
    }

    @Test
    void theHeadingNamesTheZone() {
        Event heading = new Event.LookBack(Samples.ROOM, 2, false);
        Event one = new Event.LookBack(Samples.ROOM, 1, false);
        assertEquals(
                List.of("* The last 2 messages in main (times in Europe/Lisbon):"),
                past(Language.ENGLISH, "Europe/Lisbon").write(heading));
        assertEquals(
                List.of("* As últimas 2 mensagens em main (horários em America/Sao_Paulo):"),
                past(Language.PORTUGUESE, "America/Sao_Paulo").write(heading));
        assertEquals(
                List.of("* The last message in main (time in +05:30):"),
                past(Language.ENGLISH, "+05:30").write(one));
        for (String name : List.of("UTC", "Etc/UTC", "Z", "GMT")) {
            assertEquals(
                    List.of("* A última mensagem em main (horário em UTC):"),
                    past(Language.PORTUGUESE, name).write(one));
        }
    }

    @Test
    void whatIsSaidNowHasNoTime() {
        TextDialect now = new TextDialect(Language.ENGLISH, ZoneId.of("UTC"));
        assertEquals(List.of("Alex: hi"), now.write(Samples.said("hi")));
        assertEquals(List.of(), now.write(new Event.Day(Samples.AT)));
    }

    @Test
    void everythingElseIsToldAsNow() {
        TextDialect now = new TextDialect(Language.ENGLISH, ZoneId.of("UTC"));
        for (Event event : Samples.events("hi")) {
            if (!(event instanceof Event.Said) && !(event instanceof Event.Day)) {
                assertEquals(now.write(event), now.past().write(event));
            }
        }
        assertEquals(now.write(CloseReason.QUIT), now.past().write(CloseReason.QUIT));
        assertEquals(new Command.Help(), now.past().read("/help"));
    }

    @Test
    void noLineOfThePastCanPassForOneOfNow() {
        for (String text : Samples.HOSTILE) {
            for (String line : past(Language.ENGLISH, "UTC").write(Samples.said(text))) {
                assertTrue(line.startsWith("03:04 Alex: ") || line.startsWith("  "), line);
            }
        }
    }
}
