package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Proxies;
import prosa.application.port.Subnet;
import prosa.application.port.Trust;
import prosa.application.port.UserHeader;
import prosa.bootstrap.browser.Tab;

/** The page behind a proxy that says who somebody is. */
class VouchedPageTest extends PageTest {
    private PathProxy site;

    @Override
    RunningProsa start(Path dataDir) throws Exception {
        Proxies proxies = new Proxies(List.of(Subnet.parse("127.0.0.1").orElseThrow()));
        UserHeader header = new UserHeader("X-User", UserHeader.Strip.parse("@*"));
        return RunningProsa.trusting(dataDir, new Trust(proxies, Set.of(), Optional.of(header)));
    }

    @BeforeEach
    void serve() throws IOException {
        site = new PathProxy(prosa.port("http"));
    }

    @AfterEach
    @Override
    void close() {
        try (PathProxy open = site) {
            super.close();
            assertEquals(List.of(), open.astray());
        }
    }

    @Test
    void theNameIsShownAndNotAskedFor() {
        site.say("X-User: ana.maria@school.example\r\nX-Forwarded-For: 192.0.2.1\r\n");
        Tab tab = visit.tab().open(site.url("/?room=den"));
        tab.await("document.getElementById('name').value === 'ana.maria'");
        tab.await("document.getElementById('name').readOnly");
        tab.click("#join");
        awaitOnline(tab);
        say(tab, "oi").awaitVisible("#items .own[data-state=sent]");
        tab.reload();
        awaitOnline(tab).awaitText(".own .text", "oi");
    }

    @Test
    void theNameIsOnesOwnAndHasASecretForOtherWires() throws Exception {
        site.say("X-User: ana\r\nX-Forwarded-For: 192.0.2.1\r\n");
        Tab tab = visit.tab().open(site.url("/"));
        tab.await("document.getElementById('name').readOnly").click("#join");
        awaitOnline(tab).awaitVisible("#people .mark").awaitText(".own-name", "A secret for this name elsewhere");
        tab.click(".own-name").awaitVisible("#secret-box");
        String secret =
                tab.evaluate("document.getElementById('secret-shown').value").asString();
        tab.click("#secret-box [data-does=close]").await("!document.getElementById('secret-box').open");
        try (Lines bia = prosa.telnet("Bia")) {
            bia.send("/nick ana");
            bia.await("name-claimed");
            bia.send("/claim ana " + secret);
            tab.awaitVisible("#status[data-state=elsewhere]");
        }
    }

    @Test
    void whatIsTooMuchAtOnceIsSaidOnceAsSoonAsItMayBe() {
        site.say("X-User: ana\r\nX-Forwarded-For: 192.0.2.1\r\n");
        Tab tab = visit.tab().open(site.url("/?room=den"));
        tab.await("document.getElementById('name').readOnly").click("#join");
        awaitOnline(tab);
        tab.evaluate(
                "const text = document.getElementById('text'); for (let i = 0; i < 40; i++) { text.value = 'n' + i;"
                        + " text.dispatchEvent(new Event('input', { bubbles: true })); text.form.requestSubmit(); }");
        tab.awaitText("#items .delivery", "waiting");
        tab.await("document.querySelectorAll('#items .own[data-state=sent]').length === 40");
        // What was under way when the first was refused is taken or refused one by one, so not always in its order.
        assertEquals(
                IntStream.range(0, 40).mapToObj(i -> "n" + i).sorted().toList(),
                tab.texts("#items .own .text").stream().sorted().toList());
    }
}
