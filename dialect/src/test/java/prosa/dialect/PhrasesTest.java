package prosa.dialect;

import static java.time.ZoneOffset.UTC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import prosa.application.port.Event;
import prosa.delivery.CloseReason;
import prosa.domain.Fault;
import prosa.domain.Fault.Usage.Form;
import prosa.domain.Reason;
import prosa.language.Language;

class PhrasesTest {
    /** European, word for word, or a second name for a thing that has one. */
    private static final Pattern OUT_IN_PORTUGUESE = Pattern.compile(
            "\\b(pedidos?|fios?|numa|num|particular(es)?|chegou|algarismos?|hífens|experiências?|seguidor(es)?"
                    + "|escreve-se|está parando|foi isso|quais há|vista)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern OUT_IN_ENGLISH =
            Pattern.compile("\\b(blanks?|came in|that was it|shows them|come in)\\b", Pattern.CASE_INSENSITIVE);

    private static final List<Fault> FAULTS = List.of(
            new Fault.Missing("part"),
            new Fault.NotText("part"),
            new Fault.NotNumber("part", 1, 1_000),
            new Fault.NotPosition("part"),
            new Fault.NotKey("part"),
            new Fault.NotOneOf("part", List.of("json", "text")),
            new Fault.NotBase64("part", 16),
            new Fault.TooLong("part", 256),
            new Fault.TooMany("part", 1),
            new Fault.TooMany("part", 32),
            new Fault.Undecodable("part"),
            new Fault.OutOfPlace("part"),
            new Fault.Contradicted("part"),
            new Fault.NotOwn("part"));

    private final Phrases english = new Phrases(Language.ENGLISH);
    private final Phrases portuguese = new Phrases(Language.PORTUGUESE);

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonHasASentenceInEachLanguage(Reason reason) {
        for (Phrases phrases : new Phrases[] {english, portuguese}) {
            String sentence = phrases.refusal(reason);
            assertTrue(Character.isUpperCase(sentence.charAt(0)) && sentence.endsWith("."), sentence);
            assertFalse(sentence.contains("\n"), sentence);
        }
        assertNotEquals(english.refusal(reason), portuguese.refusal(reason));
    }

    @Test
    void everyFaultIsNamedInEachLanguage() {
        for (Fault fault : FAULTS) {
            String inEnglish = english.refusal(Reason.MALFORMED, Optional.of(fault));
            String inPortuguese = portuguese.refusal(Reason.MALFORMED, Optional.of(fault));
            assertTrue(inEnglish.contains("part") && inPortuguese.contains("part"), inEnglish + inPortuguese);
            assertNotEquals(inEnglish, inPortuguese);
        }
        assertEquals(
                "limit must be a whole number from 1 to 1,000.",
                english.refusal(Reason.MALFORMED, Optional.of(new Fault.NotNumber("limit", 1, 1_000))));
        assertEquals(
                "as tem de ser json ou text.",
                portuguese.refusal(Reason.MALFORMED, Optional.of(new Fault.NotOneOf("as", List.of("json", "text")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PT0.2S | at once; please wait a second. | de uma vez; espere um segundo, por favor.",
                "PT2M | at once; please wait 120 seconds. | de uma vez; espere 120 segundos, por favor.",
                "PT2M0.001S | for now; please wait 3 minutes. | por agora; espere 3 minutos, por favor.",
                "PT2H | for now; please wait 120 minutes. | por agora; espere 120 minutos, por favor.",
                "PT2H1S | for now; please wait 3 hours. | por agora; espere 3 horas, por favor.",
                "PT24H | for now; please wait 24 hours. | por agora; espere 24 horas, por favor."
            })
    void aLongWaitIsToldInMinutesOrHours(Duration wait, String inEnglish, String inPortuguese) {
        Optional<Fault> tooSoon = Optional.of(new Fault.TooSoon(wait));
        assertEquals("That was too much " + inEnglish, english.refusal(Reason.TOO_FAST, tooSoon));
        assertEquals("Foi coisa demais " + inPortuguese, portuguese.refusal(Reason.TOO_FAST, tooSoon));
    }

    @Test
    void whoHasTooManyNamesIsToldToGiveOneUpAndNotToWait() {
        Optional<Fault> tooMany = Optional.of(new Fault.TooManyNames(5));
        assertEquals(
                "From where you are, people have 5 claimed names already, and no more; first give one up with /release.",
                english.refusal(Reason.TOO_FAST, tooMany));
        assertEquals(
                "De onde você está, já há 5 nomes com dono, e não pode haver mais; antes, abra mão de um com /release.",
                portuguese.refusal(Reason.TOO_FAST, tooMany));
        String json = new JsonDialect(Language.ENGLISH).error(Reason.TOO_FAST, tooMany);
        assertFalse(json.contains("retryAfterMs"), json);
    }

    @Test
    void numbersAreWrittenAsTheLanguageDoes() {
        assertTrue(english.refusal(Reason.TEXT_TOO_LONG).contains("4,000"));
        assertTrue(portuguese.refusal(Reason.TEXT_TOO_LONG).contains("4.000"));
        assertTrue(english.historyOf(Samples.ROOM, 1_000, UTC).startsWith("The last 1,000 messages "));
        assertTrue(portuguese.historyOf(Samples.ROOM, 1_000, UTC).startsWith("As últimas 1.000 mensagens "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0, 0, 7 | 7 here in all | 7 aqui ao todo",
                "1, 0, 56 | 1 joined; 56 here in all | 1 pessoa entrou; 56 aqui ao todo",
                "2, 0, 56 | 2 joined; 56 here in all | 2 pessoas entraram; 56 aqui ao todo",
                "1000, 0, 1204 | 1,000 joined; 1,204 here in all | 1.000 pessoas entraram; 1.204 aqui ao todo",
                "0, 1, 60 | 1 left; 60 here in all | 1 pessoa saiu; 60 aqui ao todo",
                "0, 2, 0 | 2 left; 0 here in all | 2 pessoas saíram; 0 aqui ao todo",
                "0, 1000, 60 | 1,000 left; 60 here in all | 1.000 pessoas saíram; 60 aqui ao todo",
                "1, 2, 56 | 1 joined, 2 left; 56 here in all | 1 pessoa entrou, 2 saíram; 56 aqui ao todo",
                "2, 1, 56 | 2 joined, 1 left; 56 here in all | 2 pessoas entraram, 1 saiu; 56 aqui ao todo"
            })
    void comingsAndGoingsAgreeWithTheirNumbers(String counts, String inEnglish, String inPortuguese) {
        int[] count = Stream.of(counts.split(", ")).mapToInt(Integer::parseInt).toArray();
        assertEquals(inEnglish, english.presence(count[0], count[1], count[2]));
        assertEquals(inPortuguese, portuguese.presence(count[0], count[1], count[2]));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | There are no messages in main yet. | Ainda não há mensagens em main.",
                "1 | The last message in main (time in UTC): | A última mensagem em main (horário em UTC):",
                "2 | The last 2 messages in main (times in UTC): | As últimas 2 mensagens em main (horários em UTC):"
            })
    void theHistoryAgreesWithItsNumber(int count, String inEnglish, String inPortuguese) {
        assertEquals(inEnglish, english.historyOf(Samples.ROOM, count, UTC));
        assertEquals(inPortuguese, portuguese.historyOf(Samples.ROOM, count, UTC));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | Nobody is in main. | Não há ninguém em main.",
                "1 | 1 in main: Guest 1 (tcp) | 1 pessoa em main: Guest 1 (tcp)",
                "2 | 2 in main: Guest 1 (tcp) and Guest 2 (tcp) | 2 pessoas em main: Guest 1 (tcp) e Guest 2 (tcp)",
                "3 | 3 in main: Guest 1 (tcp), Guest 2 (tcp), and 1 more"
                        + " | 3 pessoas em main: Guest 1 (tcp), Guest 2 (tcp) e mais 1",
                "1002 | 1,002 in main: Guest 1 (tcp), Guest 2 (tcp), and 1,000 more"
                        + " | 1.002 pessoas em main: Guest 1 (tcp), Guest 2 (tcp) e mais 1.000"
            })
    void whoIsHereIsCountedAndNamed(int count, String inEnglish, String inPortuguese) {
        assertEquals(inEnglish, english.present(Samples.ROOM, count, Samples.people(count), 2));
        assertEquals(inPortuguese, portuguese.present(Samples.ROOM, count, Samples.people(count), 2));
    }

    @Test
    void noSentenceHasAWordThatIsOut() {
        for (String sentence : everything(portuguese)) {
            assertFalse(OUT_IN_PORTUGUESE.matcher(sentence).find(), sentence);
        }
        for (String sentence : everything(english)) {
            assertFalse(OUT_IN_ENGLISH.matcher(sentence).find(), sentence);
        }
    }

    @Test
    void everySentenceIsSaidInEachLanguage() {
        List<String> inEnglish = everything(english);
        List<String> inPortuguese = everything(portuguese);
        assertEquals(inEnglish.size(), inPortuguese.size());
        for (int i = 0; i < inEnglish.size(); i++) {
            assertFalse(inEnglish.get(i).isBlank() || inPortuguese.get(i).isBlank(), inEnglish.get(i));
            // Some commands are the same word in both.
            if (!inEnglish.get(i).startsWith("Write /")) {
                assertNotEquals(inEnglish.get(i), inPortuguese.get(i));
            }
        }
    }

    /** All that can be said, in one order: each notice, refusal, fault, line of the help, and last word. */
    private static List<String> everything(Phrases phrases) {
        TextDialect dialect = new TextDialect(phrases.language(), UTC);
        List<String> said = new ArrayList<>();
        Samples.events("text").stream()
                .filter(event -> !(event instanceof Event.Said))
                .map(dialect::write)
                .forEach(lines -> said.add(String.join("\n", lines)));
        Stream.of(CloseReason.values()).map(dialect::write).forEach(lines -> said.add(String.join("\n", lines)));
        said.removeIf(String::isEmpty);
        FAULTS.forEach(fault -> said.add(phrases.refusal(Reason.MALFORMED, Optional.of(fault))));
        Stream.of(Form.values())
                .forEach(form -> said.add(phrases.refusal(Reason.MALFORMED, Optional.of(new Fault.Usage(form)))));
        said.add(phrases.refusal(Reason.MALFORMED, Optional.of(new Fault.NotObject())));
        said.add(phrases.toTheChat());
        for (int count : new int[] {0, 1, 2, 1_000}) {
            said.add(phrases.historyOf(Samples.ROOM, count, UTC));
            said.add(phrases.present(Samples.ROOM, count, Samples.people(count), 1));
            said.add(phrases.presence(count, count, count));
        }
        said.add(phrases.day(LocalDate.of(2026, 11, 22)));
        return said;
    }
}
