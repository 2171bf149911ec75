package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.bootstrap.browser.Tab;

/** The pages speak the reader's language, if it is English or Portuguese. */
class LanguageTest extends PageTest {
    @Test
    void whoeverReadsPortugueseIsAskedInPortuguese() throws Exception {
        try (Lines bia = prosa.telnet("Bia")) {
            Tab tab = visit.tab("pt-BR").open(prosa.url("/"));
            tab.awaitText("#entrance h1", "Qual é o seu nome?").awaitText("#join", "Entrar");
            assertEquals("pt", language(tab));
            knock(tab, "Bia").awaitText("#name-error", "alguém aqui já usa este nome");
            join(tab, "Ana").awaitText("#status", "Conectado");
            bia.send("oi");
            tab.awaitText(".message .text", "oi").awaitText("#send", "Enviar").awaitText("#leave", "Sair");
        }
    }

    @Test
    void whoeverReadsEnglishIsAskedInEnglish() {
        Tab tab = visit.tab("en-GB").open(prosa.url("/"));
        tab.awaitText("#entrance h1", "What is your name?").awaitText("#join", "Join");
        assertEquals("en", language(tab));
    }

    @Test
    void whoeverReadsNeitherIsAskedInEnglish() {
        Tab tab = visit.tab("fi").open(prosa.url("/"));
        tab.awaitText("#entrance h1", "What is your name?");
        assertEquals("en", language(tab));
    }

    @Test
    void theLanguageCanBeChosenAndIsRemembered() {
        Tab tab = visit.tab("en-US").open(prosa.url("/")).awaitText("#entrance h1", "What is your name?");
        tab.click("[data-speak=pt]").awaitText("#entrance h1", "Qual é o seu nome?");
        assertEquals("pt", language(tab));
        tab.open(prosa.url("/feed.html")).awaitText("h1", "O feed");
        assertEquals("pt", language(tab));
    }

    @Test
    void allPagesSpeakBoth() {
        Tab english = visit.tab("en-US");
        english.open(prosa.url("/feed.html")).awaitText("h1", "The feed");
        english.open(prosa.url("/tutorial/")).awaitText("h1", "Two small tutorials");
        english.open(prosa.url("/tutorial/websocket.html")).awaitText("h1", "in both directions");
        Tab portuguese = visit.tab("pt-PT");
        portuguese.open(prosa.url("/feed.html")).awaitText("h1", "O feed");
        portuguese.open(prosa.url("/tutorial/")).awaitText("h1", "Dois pequenos tutoriais");
        portuguese.open(prosa.url("/tutorial/websocket.html")).awaitText("h1", "nos dois sentidos");
    }

    @ParameterizedTest
    @CsvSource({
        "/feed.html, Feed · Prosa, Feed · Prosa",
        "/tutorial/, Tutorial · Prosa, Tutorial · Prosa",
        "/tutorial/websocket.html, WebSocket · Prosa, WebSocket · Prosa",
        "/lab/, Lab · Prosa, Laboratório · Prosa",
    })
    void titlesAreSaidToo(String page, String english, String portuguese) {
        Tab tab = visit.tab("pt-BR").open(prosa.url(page)).await("document.title === " + Tab.quoted(portuguese));
        tab.click("[data-speak=en]").await("document.title === " + Tab.quoted(english));
    }

    @Test
    void namesAreJoinedAsTheLanguageDoes() throws Exception {
        Tab ana = join(visit.tab("pt-BR").open(prosa.url("/")), "Ana");
        try (Lines bia = prosa.telnet("Bia");
                Lines caio = prosa.telnet("Caio")) {
            ana.awaitText(".notice.joined", "Bia e Caio entraram");
            ana.click("[data-speak=en]").awaitText(".notice.joined", "Bia and Caio joined");
        }
    }

    /** As the page shows what the server tells of a crowd, without the crowd. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1, 2 | 1 pessoa entrou, 2 saíram; 1.056 aqui ao todo | 1 joined, 2 left; 1,056 here in all",
                "1000, 1 | 1.000 pessoas entraram, 1 saiu; 1.056 aqui ao todo | 1,000 joined, 1 left; 1,056 here in all",
                "2, 0 | 2 pessoas entraram; 1.056 aqui ao todo | 2 joined; 1,056 here in all",
                "0, 1 | 1 pessoa saiu; 1.056 aqui ao todo | 1 left; 1,056 here in all",
            })
    void comingsAndGoingsOfACrowdAgreeWithTheirNumbers(String counts, String portuguese, String english) {
        String[] count = counts.split(", ");
        Tab tab = visit.tab("pt-BR").open(prosa.url("/feed.html")).awaitVisible("#status[data-state=open]");
        String show = """
                Promise.all(["conversation", "items", "vendor"].map((name) => import(`/js/${name}.js`)))
                  .then(([{ heard, silence }, { itemList }, { render }]) => {
                    const told = { type: "presence", room: "main", in: %s, out: %s, count: 1056 };
                    const box = document.createElement("ol");
                    render(itemList(heard(silence(), told).items, { folds: { of: () => undefined } }), box);
                    return box.textContent.replaceAll(/\\s+/g, " ").trim();
                  })
                """.formatted(count[0], count[1]);
        assertEquals(portuguese, tab.promised(show).asString());
        tab.click("[data-speak=en]").awaitText("h1", "The feed");
        assertEquals(english, tab.promised(show).asString());
    }

    /** The browser speaks English, and the page Portuguese: uPlot by itself would ask the browser. */
    @Test
    void theScalesOfPlotsAreWrittenAsThePageSpeaks() {
        Tab tab = visit.tab("en-US").open(prosa.url("/lab/")).awaitText("h1", "The lab");
        tab.evaluate("""
                window.drawn = [];
                const { fillText } = CanvasRenderingContext2D.prototype;
                CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
                  drawn.push(String(text));
                  return fillText.call(this, text, ...place);
                };
                """);
        tab.promised("""
                import("/js/lab/plots.js").then(({ Plots }) => {
                  const boxes = [1, 2, 3].map(() => document.body.appendChild(document.createElement("div")));
                  const ledger = { messages: () => [{ sentAt: 0, arrivals: { sse: { at: 0.1 } } }], delays: () => Array(1_000).fill(0.1) };
                  window.plots = new Plots(ledger, { journal: { entries: [] }, begun: performance.now() }, ...boxes);
                  plots.draw();
                })
                """);
        tab.await("drawn.includes('0.1') && drawn.includes('1 s') && drawn.includes('1,000')");
        tab.evaluate("drawn.length = 0");
        tab.click("[data-speak=pt]").evaluate("plots.redraw()");
        tab.await("drawn.includes('0,1') && drawn.includes('1 s') && drawn.includes('1.000')");
        assertFalse(
                tab.evaluate("drawn.includes('0.1') || drawn.includes('1,000')").asBoolean());
    }

    private static String language(Tab tab) {
        return tab.evaluate("document.documentElement.lang").asString();
    }
}
