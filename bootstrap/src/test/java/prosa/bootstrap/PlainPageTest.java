package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.bootstrap.browser.InBrowser;
import prosa.bootstrap.browser.Tab;
import prosa.bootstrap.browser.Visit;
import prosa.lab.browser.Browser;

/** What the chat's page says where it came in the clear from another machine. */
@InBrowser
class PlainPageTest {
    private static final String HIDDEN = "document.getElementById('plain').hidden";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Timeout(60)
    void saysThatOthersCanReadAndWhereTheyCant(boolean tls, Browser browser) throws Exception {
        String host = "chat.example"; // as the browser has it, of this machine
        try (RunningProsa prosa = RunningProsa.on("0.0.0.0", folder, tls);
                Visit visit = new Visit(browser)) {
            Tab tab = visit.tab().open("http://" + host + ":" + prosa.port("http") + "/?room=oi");
            tab.awaitText("#plain", "Not encrypted: others on the way can read what is written here.");
            List<String> links = tab.strings("[...document.querySelectorAll('#plain a')].map(link => link.href)");
            if (tls) {
                String encrypted = "https://" + host + ":" + prosa.port("https") + "/?room=oi";
                assertEquals(List.of(encrypted), links);
                tab.click("[data-speak=pt]").awaitText("#plain", "Com criptografia, o endereço é " + host);
                Tab secure = visit.tab().open(encrypted).awaitVisible("#name");
                assertEquals("true", secure.evaluate("String(" + HIDDEN + ")").asString());
            } else {
                assertEquals(List.of(), links);
            }
            assertEquals(
                    List.of(),
                    visit.complaints().stream()
                            // Browsers heed it over TLS alone, and say so.
                            .filter(complaint -> !complaint.contains("Cross-Origin-Opener-Policy"))
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    @Timeout(60)
    void saysNothingOnThisMachine(String host, Browser browser) throws Exception {
        try (RunningProsa prosa = new RunningProsa(folder);
                Visit visit = new Visit(browser)) {
            Tab tab = visit.tab().open("http://" + host + ":" + prosa.port("http") + "/");
            tab.awaitVisible("#name").await("document.querySelector('#join').disabled === false");
            assertFalse(tab.text("body").contains("Not encrypted"));
        }
    }
}
