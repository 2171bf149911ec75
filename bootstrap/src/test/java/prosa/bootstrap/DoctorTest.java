package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import prosa.bootstrap.BrokenProxy.Fault;

/** The doctor finds what a proxy does wrong, and finds nothing else. */
class DoctorTest {
    /** What each fault is found as. */
    private static final Map<Fault, List<String>> FOUND = Map.ofEntries(
            Map.entry(Fault.NONE, List.of()),
            Map.entry(Fault.LOSES_ORIGIN, List.of("origin")),
            Map.entry(Fault.CHANGES_ORIGIN, List.of("origin", "websocket")),
            Map.entry(Fault.CHANGES_HOST, List.of("host", "websocket")),
            Map.entry(Fault.CHANGES_HOST_TO_A_FOREIGN_ONE, List.of("host")),
            Map.entry(Fault.LOSES_LAST_EVENT_ID, List.of("last-event-id")),
            Map.entry(Fault.LOSES_LAST_EVENT_ID_AND_HOLDS_BACK, List.of("feed", "last-event-id")),
            Map.entry(Fault.LOSES_UPGRADE, List.of("websocket")),
            Map.entry(Fault.REFUSES_UPGRADE, List.of("websocket")),
            Map.entry(Fault.CUTS_UPGRADE, List.of("websocket")),
            Map.entry(Fault.COMPRESSES, List.of("compression")),
            Map.entry(Fault.HOLDS_BACK, List.of("feed")),
            Map.entry(Fault.HOLDS_BACK_A_WHILE, List.of("feed")),
            Map.entry(Fault.CUTS_SILENCE, List.of("silence")),
            Map.entry(Fault.IS_OF_ANOTHER_TIME, List.of("clock")));

    /** Part of what is said of it. */
    private static final Map<Fault, String> SAID = Map.of(
            Fault.CHANGES_ORIGIN, "https://prosa-doctor.invalid reaches Prosa as https://other.example",
            Fault.CHANGES_HOST, " reaches Prosa as localhost\"",
            Fault.CHANGES_HOST_TO_A_FOREIGN_ONE, " reaches Prosa as backend.example\"",
            Fault.REFUSES_UPGRADE, "WebSocket does not pass: HTTP 502",
            Fault.CUTS_UPGRADE, "the feed brings its opening at once, and its heartbeats",
            Fault.HOLDS_BACK, "the feed is held back for more than 6 s",
            Fault.HOLDS_BACK_A_WHILE, "the feed is held back for ",
            Fault.LOSES_UPGRADE, "for 3 s nothing was cut of what could be opened",
            Fault.COMPRESSES, "compressed (gzip)");

    @TempDir
    Path folder;

    /** Side by side, as each waits for most of its time. */
    @Test
    void findsEachFaultAndNoOther() throws Exception {
        try (RunningProsa prosa = new RunningProsa(folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Fault, Diagnosis> made = new ConcurrentHashMap<>();
            List<Callable<Diagnosis>> all = FOUND.keySet().stream()
                    .<Callable<Diagnosis>>map(fault -> () -> {
                        try (BrokenProxy proxy = new BrokenProxy(prosa.port("http"), fault)) {
                            Diagnosis diagnosis = Diagnosis.inJson(
                                    fault == Fault.CUTS_UPGRADE ? Diagnosis.SOME : Diagnosis.LITTLE, proxy.url());
                            made.put(fault, diagnosis);
                            return diagnosis;
                        }
                    })
                    .toList();
            for (Future<Diagnosis> each : threads.invokeAll(all)) {
                each.get();
            }
            assertAll(Stream.concat(
                    FOUND.entrySet().stream().<Executable>map(found -> () -> {
                        System.out.println(
                                found.getKey() + ": " + made.get(found.getKey()).out());
                        made.get(found.getKey()).assertWrong(found.getValue().toArray(String[]::new));
                    }),
                    SAID.entrySet().stream().<Executable>map(said -> () -> {
                        String out = made.get(said.getKey()).out();
                        assertTrue(out.contains(said.getValue()), said.getKey() + ": " + out);
                    })));
            double silence = silence(made.get(Fault.CUTS_SILENCE));
            assertTrue(silence > 0 && silence < 3, () -> "cut after 0.7 s: " + silence);
            assertEquals(List.of(), prosa.ids(), "it says nothing");
            assertEquals("[]", get(prosa.url("/rooms")));
        }
    }

    /** After how many seconds of it somebody was cut off; a busy machine counts longer or shorter than there was. */
    private static double silence(Diagnosis diagnosis) {
        Matcher cut = Pattern.compile("cut after ([0-9.]+) s of silence").matcher(diagnosis.says("silence"));
        assertTrue(cut.find(), diagnosis::out);
        return Double.parseDouble(cut.group(1));
    }

    private static String get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void aProsaOverTlsIsSoundToThoseWhoTrustIt() throws Exception {
        try (RunningProsa prosa = RunningProsa.encrypted(folder)) {
            String url = "https://localhost:" + prosa.port("https");
            Diagnosis trusting = Diagnosis.inJson(
                    url, "--cacert", folder.resolve("tls-self.pem").toString());
            trusting.assertWrong();
            assertTrue(trusting.says("tls").startsWith("TLSv1.3; "), trusting::out);
            Diagnosis other = Diagnosis.inJson(url, "--lang", "pt");
            other.assertWrong("tls");
            assertTrue(other.says("tls").startsWith("o certificado não é de confiança: "), other::out);
        }
    }

    @Test
    void underAPathItIsFoundToo() throws Exception {
        try (RunningProsa prosa = new RunningProsa(folder);
                PathProxy site = new PathProxy(prosa.port("http"))) {
            Diagnosis.inJson(site.url("/")).assertWrong();
        }
    }

    @Test
    void peopleReadALineForEachAndWhatToChange() throws Exception {
        try (RunningProsa prosa = new RunningProsa(folder);
                BrokenProxy proxy = new BrokenProxy(prosa.port("http"), Fault.LOSES_LAST_EVENT_ID)) {
            Diagnosis made = Diagnosis.of(Diagnosis.LITTLE, proxy.url());
            List<String> lines = made.out().lines().toList();
            assertEquals(13, lines.size(), made::out);
            assertEquals("-      tls            http:// has no TLS", lines.getFirst());
            assertEquals(
                    "wrong  last-event-id  Last-Event-ID is lost: who comes back misses what was said meanwhile",
                    lines.get(8));
            assertTrue(lines.get(9).startsWith("    nginx    "), made::out);
            assertEquals(1, made.status());
        }
    }

    @Test
    void whatIsNoProsaIsNotReached() throws Exception {
        try (BrokenProxy proxy = new BrokenProxy(1, Fault.REACHES_NOBODY)) {
            Diagnosis made = Diagnosis.inJson(proxy.url());
            assertEquals(2, made.status());
            assertEquals(
                    "prosa: " + proxy.url()
                            + ": what answers there is no Prosa (HTTP 502), or the proxy does not reach it\n",
                    made.err());
            assertEquals("", made.out());
        }
        assertEquals(2, Diagnosis.inJson("http://127.0.0.1:1").status());
        assertEquals(2, Diagnosis.inJson("--frob").status());
    }
}
