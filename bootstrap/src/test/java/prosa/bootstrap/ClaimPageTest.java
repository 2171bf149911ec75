package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Tab.Key;

/** A name that is somebody's, in the page. */
class ClaimPageTest extends PageTest {
    private static final String MARKS = "[...document.querySelectorAll('#people .person:has(.mark) .name')]"
            + ".map(name => name.textContent).join()";

    /** Claims the name by the button beside it, and reads the secret. */
    private static String claim(Tab tab) {
        tab.click(".own-name").awaitVisible("#secret-box");
        String secret =
                tab.evaluate("document.getElementById('secret-shown').value").asString();
        assertTrue(secret.matches("prosa_claim_[A-Za-z0-9_-]{22}"), secret);
        tab.click("#secret-box [data-does=copy]").awaitText("#secret-box [data-does=copy]", "Copied");
        tab.click("#secret-box [data-does=close]").await("!document.getElementById('secret-box').open");
        tab.await("document.getElementById('secret-shown').value === ''");
        tab.await(MARKS + " === 'Ana'");
        return secret;
    }

    @Test
    void whoClaimsTheirNameIsMarkedAndComesBackByThemselves() throws Exception {
        Tab ana = joined("Ana");
        String secret = claim(ana);
        assertFalse(ana.evaluate("document.body.innerHTML").asString().contains(secret));
        ana.reload();
        awaitOnline(ana).await(MARKS + " === 'Ana'");
        ana.click("#leave").awaitVisible("#entrance");
        join(ana, "ana").await(MARKS + " === 'ana'");
        try (Lines bia = prosa.telnet("Bia")) {
            ana.awaitText("#people", "Bia");
            bia.send("/who");
            assertTrue(bia.await("in main: ana ✓").getLast().contains("ana ✓ (ws)"));
            bia.send("/nick ANA");
            bia.await("name-claimed");
        }
    }

    @Test
    void inAnotherBrowserTheSecretIsAskedFor() throws Exception {
        Tab ana = joined("Ana");
        String secret = claim(ana);
        Tab elsewhere = knock(inAnotherBrowser(), "Ana");
        elsewhere.awaitVisible("#secret-field").awaitText("#secret-error", "somebody's own");
        elsewhere.click("#secret").type("prosa_claim_a-guess").press(Key.ENTER);
        elsewhere.awaitText("#secret-error", "somebody's own").await("document.getElementById('secret').value === ''");
        elsewhere.click("#secret").type(secret).press(Key.ENTER);
        awaitOnline(elsewhere).await(MARKS + " === 'Ana'");
        ana.awaitVisible("#status[data-state=elsewhere]");
    }

    /** One that remembers nothing. */
    private Tab inAnotherBrowser() {
        Tab tab = visit.tab().open(prosa.url("/"));
        tab.evaluate("localStorage.clear()");
        return tab;
    }

    @Test
    void aNameThatIsGivenUpIsAnybodys() throws Exception {
        Tab ana = joined("Ana");
        claim(ana);
        ana.click(".own-name").await(MARKS + " === ''");
        ana.awaitText(".notice.released", "Ana is not a claimed name any more");
        ana.click("#leave").awaitVisible("#entrance");
        try (Lines other = prosa.telnet("Ana")) {
            other.send("hello");
        }
    }
}
