package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.bootstrap.browser.InBrowser;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Visit;
import prosa.lab.Wire;
import prosa.lab.browser.Browser;
import prosa.lab.figures.Comparison;
import prosa.lab.figures.Disturbance;
import prosa.lab.figures.Experiment;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;
import prosa.lab.report.FiguresFile;
import prosa.lab.report.Page;
import prosa.language.Language;

/** The report as somebody sees it who opens the file: nothing is served. */
@InBrowser
class ReportPageTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)></script>";

    @TempDir
    Path folder;

    private Visit visit;
    private Tab tab;

    @BeforeEach
    void open(Browser browser) throws Exception {
        Comparison run = FiguresFile.read(Path.of("..", "docs", "discussion.json"));
        Comparison shown = new Comparison(
                run.environment(),
                run.settings(),
                run.wires(),
                Stream.of(Experiment.Kind.values())
                        .map(kind -> new Experiment(kind, List.of(trial(Wire.SSE, 0), trial(Wire.TCP, 12))))
                        .toList(),
                List.of(new Disturbance(Disturbance.Kind.CPU_STOLEN, Optional.of(Wire.TCP), 7)));
        Path file = folder.resolve("report.html");
        Page.write(shown, Language.ENGLISH, file);
        visit = new Visit(browser);
        tab = visit.tab().open(file.toUri().toString());
    }

    private static Trial trial(Wire wire, int lost) {
        List<Observation> seen = List.of(new Observation("by", "relay"), new Observation("other", HOSTILE));
        return new Trial(Optional.of(wire), "without-resume", 100, 100 - lost, lost, 0, OptionalLong.of(500_000), seen);
    }

    @AfterEach
    void theBrowserHasNothingToComplainOf() {
        assertEquals(List.of(), tab.strings("performance.getEntriesByType('resource').map(entry => entry.name)"));
        List<String> complaints = visit.complaints();
        visit.close();
        assertEquals(List.of(), complaints);
    }

    private long count(String selector) {
        return tab.evaluate("document.querySelectorAll('.report:not([hidden]) " + selector + "').length")
                .asLong();
    }

    @Test
    void everyPlotIsDrawnAndHasItsTable() {
        long places = count(".plot");
        assertTrue(places >= 7 + 2 * (Experiment.Kind.values().length - 2), () -> places + " plots");
        assertEquals(places, count(".plot canvas"));
        assertEquals(0, count(".figures:not(:has(table))"));
        assertEquals(List.of(), tab.strings("""
                [...document.querySelectorAll('.report:not([hidden]) .plot canvas')]
                    .filter(canvas => !canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(value => value))
                    .map(canvas => canvas.closest('section').id)"""), "blank plots");
        assertEquals(
                0,
                tab.evaluate("document.documentElement.scrollWidth - innerWidth")
                        .asInt(),
                "a page that must be scrolled sideways");
    }

    /** The report of a whole run: the longest names and the widest tables that there are. */
    private void openWhole(Language language) throws Exception {
        Path file = folder.resolve("whole.html");
        Page.write(FiguresFile.read(Path.of("..", "docs", "discussion.json")), language, file);
        tab.open(file.toUri().toString());
    }

    @ParameterizedTest
    @CsvSource({"1280, ENGLISH", "1280, PORTUGUESE", "1920, PORTUGUESE"})
    void nothingOfATableOrOfAPlotIsCutOff(int width, Language language) throws Exception {
        tab.resize(width, 800, false);
        openWhole(language);
        assertEquals(List.of(), tab.strings("""
                [...document.querySelectorAll('.report:not([hidden]) .table')]
                    .filter(table => table.scrollWidth > table.clientWidth)
                    .map(table => table.closest('section').id)"""), "tables that must be scrolled sideways");
        // Where ink touches the edge of a plot, a label goes on beyond it.
        assertEquals(List.of(), tab.strings("""
                [...document.querySelectorAll('.report:not([hidden]) .plot canvas')].filter(canvas => {
                    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
                    copy.drawImage(canvas, 0, 0);
                    const inked = (x, y, w, h) => copy.getImageData(x, y, w, h).data.some(value => value);
                    return inked(0, 0, 1, canvas.height) || inked(0, canvas.height - 1, canvas.width, 1);
                }).map(canvas => canvas.closest('section').id)"""), "cut labels");
        int screens = tab.evaluate("document.documentElement.scrollHeight").asInt() / 800;
        assertTrue(screens < 40, () -> "nobody reads so far: " + screens + " screens");
    }

    @Test
    void everyAnswerHasAFigure() throws Exception {
        openWhole(Language.ENGLISH);
        assertEquals(List.of(), tab.strings("""
                [...document.querySelectorAll('.report:not([hidden]) .answers li')]
                    .filter(answer => !answer.querySelector('.gist')?.textContent.trim()).map(answer => answer.textContent)"""));
        assertEquals(23, count(".answers li"));
    }

    @Test
    void disturbancesComeBeforeAllFigures() {
        tab.awaitText(".disturbances", "TCP: the hypervisor gave 7 % of the processors to others");
        assertTrue(tab.evaluate("""
                !!(document.querySelector('.disturbances').compareDocumentPosition(document.querySelector('table')) & 4)""").asBoolean());
    }

    @Test
    void speaksTheLanguageThatOneChooses() {
        tab.click(".report:not([hidden]) [data-language=pt]").awaitVisible("#pt-latency canvas");
        assertEquals("pt", tab.evaluate("document.documentElement.lang").asString());
        assertTrue(tab.text(".report[lang=pt] h1").startsWith("Quanto custa e o que perde"));
        assertEquals(
                "pt", tab.evaluate("document.activeElement.dataset.language").asString());
        tab.click(".report:not([hidden]) [data-language=en]").awaitVisible("#en-latency canvas");
    }

    @Test
    void isDrawnAnewInOtherColours() {
        String ground = "getComputedStyle(document.body).backgroundColor";
        String plot = "document.querySelector('#en-latency canvas').toDataURL()";
        tab.prefersDark(false);
        String light = tab.evaluate(ground).asString();
        String drawn = tab.evaluate(plot).asString();
        tab.prefersDark(true).await(plot + " !== " + Tab.quoted(drawn));
        assertNotEquals(light, tab.evaluate(ground).asString());
        tab.evaluate("""
                void (() => {
                    const theme = document.querySelector('.theme');
                    theme.value = 'light';
                    theme.dispatchEvent(new Event('change'));
                })()""");
        assertEquals(light, tab.evaluate(ground).asString());
    }

    @Test
    void aTableCanBeCopied() {
        tab.evaluate(
                "void (navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); })");
        tab.click("#en-connect .copy").awaitText("#en-connect .copy", "Copied");
        List<String> lines = tab.evaluate("window.copied").asString().lines().toList();
        assertEquals("wire\tbytes from the client\tbytes from the server\tround trips to connect", lines.getFirst());
        assertEquals(1 + Wire.values().length, lines.size());
    }
}
