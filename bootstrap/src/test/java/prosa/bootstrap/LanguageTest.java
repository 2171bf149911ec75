package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
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

    private static String language(Tab tab) {
        return tab.evaluate("document.documentElement.lang").asString();
    }
}
