package prosa.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive in a bare Debian, by somebody without rights, on a system that can't be written to, but for a folder of theirs. */
class BareDebianTest {
    private static Chroot debian;
    private static String prosa;

    @TempDir
    Path home;

    @BeforeAll
    static void unpack() throws Exception {
        debian = Chroot.orSkip();
        new Shell(debian.root().resolve("opt"), Map.of())
                .run("tar xzf " + Made.archive())
                .right();
        prosa = "/opt/" + Made.name() + "/prosa";
    }

    @BeforeEach
    void giveAway() throws Exception {
        new Shell(home, Map.of()).run("chown " + Chroot.NOBODY + " .").right();
    }

    @Test
    void itHasNoJava() throws Exception {
        assertEquals(127, debian.run(home, "java").status());
    }

    @Test
    void itSaysItsVersionAndItsHelp() throws Exception {
        assertTrue(debian.run(home, prosa + " --version").right().contains("0.1.0"));
        assertTrue(debian.run(home, prosa + " --help").right().contains("--http-port"));
    }

    @Test
    void allWiresWork() throws Exception {
        String command =
                prosa + " --http-port 0 --tcp-port 0 --tutorial-port 0 --tls self --https-port 0 --tcp-tls-port 0";
        try (Served served = new Served(debian.start(home, command))) {
            String url = "http://127.0.0.1:" + served.place("http").getPort();
            Process doctor = debian.start(home, prosa + " doctor " + url);
            assertEquals(0, debian.run(home, prosa + " health " + url).status());
            assertEquals(200, served.get("/").statusCode());
            assertEquals(200, served.get("/lab/").statusCode());
            assertEquals(201, served.say("Ana", "Oi!").statusCode());
            served.awaitOverTcp("Bia", "Oi!");
            served.awaitOverWebSocket("Caio", "Oi!");
            served.awaitOnTheFeed("Oi!");
            String found = new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, doctor.waitFor(), found);
            assertEquals(10, found.lines().count(), found);
            assertEquals(0, served.stop());
        }
        assertTrue(Files.isRegularFile(home.resolve(".local/share/prosa/prosa.db")));
    }

    @Test
    void itMeasures() throws Exception {
        String command = prosa
                + " compare --wires sse,tcp --seconds 1 --warm-up 1 --experiments none --work-dir /srv --html /srv/report.html";
        assertTrue(debian.run(home, command).right().contains("SSE"));
        assertTrue(Files.size(home.resolve("report.html")) > 1000);
    }
}
