package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.bootstrap.browser.Tab;

/** What students write: pages that they open from disk, with no server behind them. Their Origin is {@code null}. */
class DiskPageTest extends PageTest {
    @TempDir
    Path desk;

    @Test
    void itChatsInPlainText() throws Exception {
        Tab tab = openFromDisk("""
                socket = new WebSocket("ws://localhost:%d/chat");
                socket.onmessage = event => show(event.data);""".formatted(prosa.port("http")));
        tab.awaitText("li", "name");
        try (Lines bia = prosa.telnet("Bia")) {
            tab.evaluate("socket.send('Alex')");
            tab.evaluate("socket.send('Muito bom esse servidor.')");
            assertEquals(
                    "Alex: Muito bom esse servidor.", bia.await("Muito bom").getLast());
            bia.send("De nada.");
            tab.awaitText("li", "Bia: De nada.");
        }
    }

    @Test
    void itChatsInJson() throws Exception {
        Tab tab = openFromDisk("""
                socket = new WebSocket("ws://localhost:%d/chat?name=Alex", "prosa.v1");
                socket.onmessage = event => event.data.split("\\n").map(JSON.parse).forEach(
                    ({ type, text }) => show(type + " " + text));
                """.formatted(prosa.port("http")));
        tab.awaitText("li", "welcome");
        assertEquals("prosa.v1", tab.evaluate("socket.protocol").asString());
        prosa.post("Caio", "hello, disk");
        tab.awaitText("li", "said hello, disk");
    }

    @Test
    void itReadsTheFeed() throws Exception {
        Tab tab = openFromDisk("""
                source = new EventSource("http://localhost:%d/feed");
                source.onopen = () => show("open");
                source.onmessage = event => show(JSON.parse(event.data).text);""".formatted(prosa.port("http")));
        tab.awaitText("li", "open");
        prosa.post("Caio", "hello, disk");
        tab.awaitText("li", "hello, disk");
    }

    @Test
    void itReadsTheVoltageOfTheTutorial() throws Exception {
        Tab tab = openFromDisk("""
                source = new EventSource("http://localhost:%d");
                source.onmessage = event => show(event.data);""".formatted(prosa.port("sse")));
        tab.awaitVisible("li");
        assertTrue(tab.text("li").matches("1[0-2][0-9]"), tab.text("li"));
    }

    @Test
    void itTalksToTheServerOfTheTutorial() throws Exception {
        Tab tab = openFromDisk("""
                socket = new WebSocket("ws://localhost:%d/testing");
                socket.onmessage = event => show(event.data);""".formatted(prosa.port("http")));
        tab.awaitText("li", "Msg from server");
        assertEquals("Msg from server", tab.text("li"));
    }

    /** A page with a list, and a script that can {@code show} lines in it. */
    private Tab openFromDisk(String script) throws IOException {
        Path page = desk.resolve("page.html");
        Files.writeString(page, """
                <!DOCTYPE html>
                <meta charset="utf-8">
                <link rel="icon" href="data:,">
                <title>Homework</title>
                <ol id="list"></ol>
                <script>
                let socket, source;
                function show(line) {
                    list.appendChild(document.createElement("li")).textContent = line;
                }
                %s
                </script>
                """.formatted(script));
        return visit.tab().open(page.toUri().toString());
    }
}
