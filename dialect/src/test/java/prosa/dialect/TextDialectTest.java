package prosa.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.application.port.Command;
import prosa.application.port.Event;
import prosa.application.port.Secret;
import prosa.delivery.CloseReason;
import prosa.domain.Fault;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Text;
import prosa.domain.Via;
import prosa.language.Language;

class TextDialectTest {
    private final TextDialect english = new TextDialect(Language.ENGLISH, ZoneOffset.UTC);
    private final TextDialect portuguese = new TextDialect(Language.PORTUGUESE, ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(strings = {"Ana", "hello /who", " / who", "", "a\n/quit", "prosa.v1", "* hi", "\\/who"})
    void whatDoesNotBeginWithASlashIsALine(String line) {
        assertEquals(new Command.Line(line), english.read(line));
    }

    @Test
    void twoSlashesSayOne() {
        assertEquals(new Command.Line("/quit"), english.read("//quit"));
        assertEquals(new Command.Line("//"), english.read("///"));
        assertEquals(new Command.Line("/usr/bin\n/etc"), english.read("//usr/bin\n/etc"));
    }

    @Test
    void commandsAreRead() {
        assertEquals(new Command.Help(), english.read("/help"));
        assertEquals(new Command.Who(Optional.empty()), english.read("/WHO "));
        assertEquals(new Command.Quit(), english.read("/Quit"));
        assertEquals(new Command.Nick("Ana Maria"), english.read("/nick  Ana Maria "));
        assertEquals(new Command.Last(20), english.read("/last 20"));
        assertEquals(
                new Command.Join(
                        Optional.empty(), Optional.of("tea"), Optional.empty(), Optional.empty(), Optional.empty()),
                english.read("/join\ttea"));
    }

    @Test
    void aClaimIsMadeShownAndGivenUp() {
        Secret secret = Secret.shown("claim", "prosa_claim_x-_y");
        assertEquals(new Command.Claim(Optional.empty()), english.read("/claim "));
        assertEquals(new Command.Release(Optional.empty()), english.read("/release"));
        for (String line : List.of(
                "/claim Ana Maria prosa_claim_x-_y",
                "/CLAIM  Ana Maria\tprosa_claim_x-_y ",
                "/claim \"Ana Maria\" prosa_claim_x-_y",
                "/claim “Ana Maria” prosa_claim_x-_y")) {
            assertEquals(new Command.Prove("Ana Maria", secret), english.read(line));
        }
        assertFalse(english.read("/claim Ana prosa_claim_x-_y").toString().contains("x-_y"));
    }

    @Test
    void theSecretIsToldWithHowToShowIt() {
        assertEquals(
                List.of(
                        "* Ana is yours; your secret is prosa_claim_0123456789abcdefghijkl; show it by /claim NAME SECRET",
                        "* Keep it: it is not shown again."),
                english.write(new Event.Claimed(Optional.empty(), Samples.ANA, Samples.SECRET)));
        assertEquals(
                List.of("* Ana is claimed: its secret, please (or another name with /nick)"),
                english.write(new Event.AskSecret(Samples.ANA)));
        assertEquals(
                List.of("* Ana tem dono: o segredo, por favor (ou outro nome, com /nick)"),
                portuguese.write(new Event.AskSecret(Samples.ANA)));
    }

    @Test
    void whoHasShownItIsMarkedAndNobodyElseCanBe() {
        List<Participant> present = List.of(
                new Participant(1, Samples.ANA, new Via("tcp"), true), new Participant(2, Samples.ALEX, new Via("ws")));
        assertEquals(
                List.of("* 2 in main: Ana ✓ (tcp) and Alex (ws)"),
                english.write(new Event.Who(Samples.ROOM, 2, present)));
        assertThrows(Refused.class, () -> new Name("Alex ✓"));
        assertThrows(Refused.class, () -> new Name("Alex✓"));
        assertEquals(
                List.of("* Ana is a claimed name now"),
                english.write(new Event.Renamed(Samples.ROOM, Samples.ANA, Samples.ANA, true)));
        assertEquals(
                List.of("* Ana is not a claimed name any more"),
                english.write(new Event.Renamed(Samples.ROOM, Samples.ANA, Samples.ANA, false)));
    }

    @Test
    void aWhisperIsAddressedByAQuotedNameOrByWhoeverIsThere() {
        assertEquals(new Command.Aside("Ana hi there"), english.read("/msg Ana hi there"));
        assertEquals(new Command.Whisper("Ana Maria", "hi", Optional.empty()), english.read("/msg \"Ana Maria\" hi"));
        assertEquals(new Command.Whisper("Ana Maria", "oi", Optional.empty()), english.read("/msg “Ana Maria” oi"));
        assertEquals(new Command.Aside("Ana \"quoted\""), english.read("/msg Ana \"quoted\""));
        assertEquals(new Command.Aside("D'Ávila a\n b"), english.read("/msg D'Ávila a\n b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nick",
                "/nick ",
                "/join",
                "/msg",
                "/msg Ana",
                "/msg Ana ",
                "/msg \"Ana",
                "/msg \"Ana Maria\"",
                "/last",
                "/last x",
                "/last 0",
                "/last -1",
                "/last 1 2",
                "/last 99999999999999999999",
                "/who is",
                "/help me",
                "/quit now",
                "/who\nme",
                "/claim Ana",
                "/claim Ana Maria",
                "/claim prosa_claim_x",
                "/claim Ana\nBia prosa_claim_x",
                "/claim Ana prosa_claim_x é",
                "/nick Ana\nBia",
                "/join tea\ntime",
                "/msg \"Ana\nBia\" hi"
            })
    void badArgumentsAreRefused(String line) {
        Command.Unreadable unreadable = assertInstanceOf(Command.Unreadable.class, english.read(line));
        assertEquals(Reason.MALFORMED, unreadable.reason());
        String word = line.substring(1).split("\\s")[0];
        Fault.Usage usage =
                assertInstanceOf(Fault.Usage.class, unreadable.fault().orElseThrow());
        assertEquals(word, usage.form().name().toLowerCase(Locale.ROOT));
        String told = english.write(new Event.Refusal(Reason.MALFORMED, unreadable.fault(), Optional.empty()))
                .getFirst();
        assertTrue(told.contains("/" + word), told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" /msg Bia a secret", "\t/msg Bia a secret", "\u00a0 /MSG Bia a secret", "\n/msg Bia a secret"})
    void aKnownCommandRunsBehindBlanks(String line) {
        assertEquals(new Command.Aside("Bia a secret"), english.read(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {" /etc/hosts is wrong", "  //who", " / who", "x /who", "   "})
    void allElseBehindBlanksIsText(String line) {
        assertEquals(new Command.Line(line), english.read(line));
    }

    @Test
    void theSenderIsToldWhoWasTold() {
        assertEquals(List.of("* Only " + Samples.ANA + " was told that."), english.write(new Event.Told(Samples.ANA)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ who", "/whom", "/usr/bin/env", "/msg: Ana hi", "/?"})
    void otherCommandsAreUnknown(String line) {
        assertEquals(new Command.Unreadable(Reason.UNKNOWN_COMMAND, Optional.empty()), english.read(line));
    }

    @Test
    void noMoreIsReadBackThanAHistoryGives() {
        assertEquals(new Command.Last(1000), english.read("/last 999999999"));
    }

    @Test
    void aTextIsOneMessageHoweverManyLinesItHas() {
        assertEquals(List.of("a\n\nb"), english.linesOf("a\n\nb"));
        assertEquals(List.of(""), english.linesOf(""));
    }

    @Test
    void aMessageIsItsAuthorAndItsText() {
        assertEquals(
                List.of("Alex: Muito bom esse servidor."), english.write(Samples.said("Muito bom esse servidor.")));
    }

    @Test
    void furtherLinesBeginWithTwoBlanks() {
        assertEquals(
                List.of("Alex: hi", "  * Ana left", "  ", "  Ana: hm"),
                english.write(Samples.said("hi\n* Ana left\n\nAna: hm")));
    }

    @Test
    void aWhisperIsMarkedAsPrivate() {
        Event whisper = new Event.Whisper(Samples.ALEX, Samples.ANA, new Text("psst\nAlex: hi"), Samples.AT);
        assertEquals(List.of("* (private) Alex: psst", "  Alex: hi"), english.write(whisper));
        assertEquals(List.of("* (privada) Alex: psst", "  Alex: hi"), portuguese.write(whisper));
    }

    @Test
    void theNameIsAskedForInEachLanguage() {
        assertEquals(List.of("* What is your name?"), english.write(new Event.Ask()));
        assertEquals(List.of("* Qual é o seu nome?"), portuguese.write(new Event.Ask()));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aRefusalNamesItsReason(Reason reason) {
        List<String> lines = english.write(new Event.Refusal(reason, Optional.empty()));
        assertEquals(1, lines.size());
        assertTrue(lines.getFirst().startsWith("* " + reason.word() + ": "), lines.getFirst());
    }

    @Test
    void aWelcomeSaysWhereOneIsAndWhoIsHere() {
        List<String> lines = english.write(Samples.welcome(3, Optional.empty()));
        assertEquals("* Welcome to main, Ana.", lines.get(0));
        assertEquals("* 3 in main: Guest 1 (tcp), Guest 2 (tcp), and Guest 3 (tcp)", lines.get(1));
        assertTrue(lines.get(2).contains("/help"));
    }

    @Test
    void aWelcomeNamesAtMostTwenty() {
        String here = english.write(Samples.welcome(1204, Optional.empty())).get(1);
        assertTrue(here.startsWith("* 1,204 in main: Guest 1 (tcp), "), here);
        assertTrue(here.endsWith("Guest 20 (tcp), and 1,184 more"), here);
    }

    @Test
    void thatSomethingWasRemovedIsOneLine() {
        assertEquals(List.of("* Ana removed a message of Alex."), english.write(Samples.removed()));
        assertEquals(List.of("* Ana removeu uma mensagem de Alex."), portuguese.write(Samples.removed()));
        assertEquals(List.of("* Ana removed all messages."), english.write(Samples.cleared()));
        assertEquals(List.of("* Ana removeu todas as mensagens."), portuguese.write(Samples.cleared()));
    }

    @Test
    void comingsAndGoingsAreNotices() {
        assertEquals(
                List.of("* Ana joined (tcp)"),
                english.write(new Event.Joined(Samples.ROOM, Samples.ANA, new Via("tcp"), false)));
        assertEquals(
                List.of("* Ana saiu"), portuguese.write(new Event.Left(Samples.ROOM, Samples.ANA, new Via("tcp"))));
        assertEquals(
                List.of("* Ana is now called Alex"),
                english.write(new Event.Renamed(Samples.ROOM, Samples.ANA, Samples.ALEX, false)));
        assertEquals(
                List.of("* 37 joined; 1,204 here in all"),
                english.write(new Event.Presence(Samples.ROOM, 37, 0, 1204)));
    }

    @Test
    void theHistoryReadsLikeTheConversation() {
        assertEquals(
                List.of("* The last 2 messages in main (times in UTC):"),
                english.write(new Event.LookBack(Samples.ROOM, 2, false)));
        assertEquals(List.of("Alex: one", "  two"), english.write(new Event.Said(Samples.message("one\ntwo"))));
        assertEquals(List.of("* End of history."), english.write(new Event.LookedBack(Samples.ROOM)));
        assertEquals(
                List.of("* The last 62 messages in main (times in UTC):", "* Earlier ones don't fit into one answer."),
                english.write(new Event.LookBack(Samples.ROOM, 62, true)));
        assertEquals(
                List.of("* There are no messages in main yet."),
                english.write(new Event.LookBack(Samples.ROOM, 0, false)));
    }

    @Test
    void whatOnlyProgramsNeedIsNotSaid() {
        assertEquals(List.of(), english.write(new Event.Ack(Optional.empty(), new Position(1, 2), Samples.AT)));
        assertEquals(List.of(), english.write(new Event.Opening(new Position(1, 2))));
    }

    @Test
    void theHelpNamesEveryCommand() {
        for (TextDialect dialect : List.of(english, portuguese)) {
            String help = String.join("\n", dialect.write(new Event.Help()));
            for (String command : List.of("/who", "/nick", "/join", "/msg", "/last", "/quit", "//", "\"Ana Maria\"")) {
                assertTrue(help.contains(command), help);
            }
        }
    }

    @Test
    void theLastWordsAreNotices() {
        assertEquals(List.of("* Good-bye!"), english.write(CloseReason.QUIT));
        assertTrue(portuguese.write(CloseReason.TOO_SLOW).getFirst().startsWith("* too-slow: "));
        assertTrue(english.write(CloseReason.UNAVAILABLE).getFirst().startsWith("* unavailable: "));
        assertEquals(List.of(), english.write(CloseReason.GONE));
    }

    @Test
    void noLineCanPassForAnotherPersons() {
        for (String text : Samples.HOSTILE) {
            for (Event event : Samples.events(text)) {
                for (String line : english.write(event)) {
                    assertTrue(
                            line.startsWith("* ") || line.startsWith("  ") || line.startsWith("Alex: "),
                            () -> event + " gave " + line);
                    assertFalse(
                            line.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))
                                    || line.contains("\u2028")
                                    || line.contains("\u2029")
                                    || line.contains("\u202e"),
                            () -> event + " gave " + line);
                }
            }
        }
    }
}
