package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.delivery.Collapse;
import prosa.language.Language;
import prosa.test.wire.client.Http;

/** How a process ends that can't go on: at once, with a status and one line. */
@Timeout(60)
class LastWordsTest {
    private static final String NO_MEMORY = "Terminating due to java.lang.OutOfMemoryError: ";
    private static final int MOST_TRIES = 10_000;

    @TempDir
    Path folder;

    @Test
    void aFullHeapEndsTheProcess() throws Exception {
        try (ProsaProcess prosa = ProsaProcess.startInMemory(folder, "-Xmx24m", "-Xmn4m")) {
            Http http = prosa.http();
            String text = "\uD83D\uDE00".repeat(4_000);
            assertEndsFor("Java heap space", prosa, () -> http.say("main", "Ana", text));
        }
    }

    @Test
    void directMemoryThatRanOutEndsTheProcess() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (ProsaProcess prosa = ProsaProcess.startInMemory(folder, "-XX:MaxDirectMemorySize=1m")) {
            assertEndsFor("Cannot reserve ", prosa, () -> sockets.add(halfABody(prosa)));
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** What is here of a body waits for the rest, in a buffer of Jetty's. */
    private static Socket halfABody(ProsaProcess prosa) throws IOException {
        Socket socket = new Socket("127.0.0.1", prosa.place().http().getPort());
        String request = "POST /messages?name=Ana HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n"
                + "x".repeat(6_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private interface Asking {
        void ask() throws Exception;
    }

    /** Asks again and again until it has ended. */
    private static void assertEndsFor(String reason, ProsaProcess prosa, Asking asking) throws Exception {
        for (int i = 0; i < MOST_TRIES && prosa.isAlive(); i++) {
            try {
                asking.ask();
            } catch (IOException | UncheckedIOException e) {
                // It ends, or has ended.
                assertEquals(Status.OUT_OF_MEMORY.code(), prosa.status(), prosa::errors);
            }
        }
        assertEquals(Status.OUT_OF_MEMORY.code(), prosa.status(), prosa::errors);
        List<String> said = prosa.errors().lines().toList();
        assertEquals(1, said.size(), said::toString);
        assertTrue(said.getFirst().startsWith(NO_MEMORY + reason), said::toString);
        assertTrue(prosa.output().lines().noneMatch(line -> line.contains("OutOfMemory")), "stdout is for programs");
    }

    /** A process whose thread has ended without which it would be silent; and one whose other threads end, which goes on. */
    public static final class Planted {
        private Planted() {}

        public static void main(String[] args) throws InterruptedException {
            LastWords.install(Language.of(args[1]).orElseThrow());
            Runnable end = args[0].equals("silent")
                    ? () -> {
                        throw Collapse.of("prosa-delivery", new IllegalStateException("planted\nby a test"));
                    }
                    : () -> {
                        throw new IllegalStateException("planted by a test");
                    };
            Thread.ofVirtual().start(end).join();
        }
    }

    private Process planted(String how, Language language) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Planted.class.getName(),
                        how,
                        language.tag())
                .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return process;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENGLISH | Terminating, as prosa-delivery has ended: ",
                "PORTUGUESE | Encerrando, pois prosa-delivery terminou: "
            })
    void aThreadWithoutWhichTheHouseIsSilentEndsTheProcess(Language language, String start) throws Exception {
        Process process = planted("silent", language);
        assertEquals(Status.SILENT.code(), process.exitValue());
        List<String> said = process.errorReader().lines().toList();
        assertEquals(1, said.size(), said::toString);
        assertTrue(
                said.getFirst().startsWith(start + " java.lang.IllegalStateException: planted?by a test at "),
                said::toString);
        assertTrue(said.getFirst().contains("LastWordsTest$Planted"), said::toString);
        assertEquals("", process.inputReader().readAllAsString());
    }

    @Test
    void anotherThreadThatEndsIsLogged() throws Exception {
        Process process = planted("other", Language.ENGLISH);
        assertEquals(0, process.exitValue());
        String said = process.errorReader().readAllAsString();
        assertTrue(said.contains("has ended\njava.lang.IllegalStateException: planted by a test"), said);
    }
}
