package prosa.lab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import prosa.lab.Wire;
import prosa.lab.figures.Comparison;
import prosa.lab.figures.Experiment;
import prosa.lab.figures.Experiment.Kind;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;
import prosa.language.Language;

class ExperimentSectionsTest {
    private static Section section(Kind kind, Trial... trials) {
        Comparison bare = Samples.bare();
        Comparison tried = new Comparison(
                bare.environment(),
                bare.settings(),
                bare.wires(),
                List.of(new Experiment(kind, List.of(trials))),
                bare.disturbances());
        return new ExperimentSections(tried, Words.of(Language.ENGLISH))
                .all().stream()
                        .filter(section -> section.id().equals(kind.id()))
                        .findFirst()
                        .orElseThrow();
    }

    private static Trial trial(Wire wire, String variant, OptionalLong delayed, String... seen) {
        List<Observation> observations = Stream.iterate(0, i -> i < seen.length, i -> i + 2)
                .map(i -> new Observation(seen[i], seen[i + 1]))
                .toList();
        return new Trial(Optional.of(wire), variant, 7, 6, 1, 0, delayed, observations);
    }

    private static List<String> heads(Section section) {
        return section.table().columns().stream().map(Table.Column::name).toList();
    }

    @Test
    void whatWasSeenHasAColumnAndWhatIsTheSameInAllIsSaidOnce() {
        Section cut = section(
                Kind.CUT,
                trial(Wire.SSE, "with-resume", OptionalLong.of(512_000), "gaps", "0", "replayed", "27"),
                trial(Wire.TCP, "without-resume", OptionalLong.empty(), "gaps", "0", "away", "10000"));
        assertEquals(
                List.of(
                        "wire",
                        "variant",
                        "expected",
                        "received",
                        "lost",
                        "duplicated",
                        "longest delay",
                        "replayed",
                        "away for"),
                heads(cut));
        assertEquals(
                List.of(
                        List.of("SSE", "with resume", "7", "6", "1", "0", "512 ms", "27", "–"),
                        List.of("TCP", "without resume", "7", "6", "1", "0", "–", "–", "10,000")),
                cut.table().rows());
        assertEquals("The same in every row: gaps told: 0.", cut.notes().getFirst());
        assertEquals("Messages lost without resuming: TCP 1", cut.gist());
    }

    @Test
    void aDelayThatNobodyLookedAtIsNoFigure() {
        Section six = section(
                Kind.SIX_FEEDS,
                trial(Wire.SSE, "one-room-each", OptionalLong.empty(), "post-after", "> 1000 ms"),
                trial(Wire.WEBSOCKET, "one-room-each", OptionalLong.empty(), "post-after", "21 ms"));
        assertEquals(
                List.of("wire", "variant", "expected", "received", "lost", "duplicated", "POST answered after"),
                heads(six));
        assertEquals(1, six.plots().size(), "lost messages, and no delays");
    }

    @Test
    void textsStandInRowsAndWiresBesideEachOther() {
        Section unicode = section(
                Kind.UNICODE,
                trial(Wire.WEBSOCKET, "accents", OptionalLong.empty(), "came-back", "equal"),
                trial(Wire.WEBSOCKET, "invalid-utf8", OptionalLong.empty(), "came-back", "closed-1007"),
                trial(Wire.TCP, "invalid-utf8", OptionalLong.empty(), "came-back", "normalised"));
        assertEquals(List.of("variant", "WebSocket", "TCP"), heads(unicode));
        assertEquals(
                List.of(List.of("accents", "equal", "–"), List.of("invalid UTF-8", "closed: 1007", "normalised")),
                unicode.table().rows());
        assertEquals("Bytes that are not UTF-8: WebSocket closed: 1007; TCP normalised", unicode.gist());
    }

    @Test
    void whatABrowserSendsStandsInRowsAndWiresBesideEachOther() {
        Section auth = section(
                Kind.AUTH,
                trial(Wire.WEBSOCKET, "", OptionalLong.empty(), "page-sends-headers", "no", "status-plain", "101"),
                trial(Wire.NDJSON, "", OptionalLong.empty(), "page-sends-headers", "yes"));
        assertEquals(List.of("what", "how it is known", "WebSocket", "NDJSON"), heads(auth));
        assertEquals(
                List.of(
                        List.of("a page can set headers (Authorization)", "by the standards", "no", "yes"),
                        List.of("status, plain", "asked here", "101", "–")),
                auth.table().rows());
    }
}
