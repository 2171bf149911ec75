package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a start with a certificate says, and with closed ports. */
class TlsStartTest {
    private static final Map<String, String> PORTS = Map.of(
            "PROSA_HTTP_PORT", "0", "PROSA_TCP_PORT", "0", "PROSA_TUTORIAL_PORT", "off", "PROSA_HISTORY", "memory");
    private static final Map<String, String> TLS_PORTS = Map.of("PROSA_HTTPS_PORT", "0", "PROSA_TCP_TLS_PORT", "0");
    private static final Pattern FINGERPRINT = Pattern.compile("SHA-256: ((?:[0-9A-F]{2}:){31}[0-9A-F]{2})");

    @TempDir
    Path folder;

    private ProsaProcess startSelfSigned(Map<String, String> env) throws Exception {
        String data = folder.resolve("data").toString();
        return ProsaProcess.startWith(folder, env, "--bind", "127.0.0.1", "--tls", "self", "--data-dir", data);
    }

    private String fingerprintOfAStart() throws Exception {
        Map<String, String> env = new HashMap<>(PORTS);
        env.putAll(TLS_PORTS);
        try (ProsaProcess prosa = startSelfSigned(env)) {
            prosa.readWhereItListens();
            prosa.terminate();
            Matcher said = FINGERPRINT.matcher(prosa.output());
            prosa.assertEndedWell();
            assertTrue(said.find());
            assertTrue(prosa.errors().contains("SHA-256 " + said.group(1)), "the log has it too");
            return said.group(1);
        }
    }

    @Test
    @Timeout(60)
    void theFingerprintOfACertificateMadeHereIsSaidAndStays() throws Exception {
        String first = fingerprintOfAStart();
        assertTrue(Files.exists(folder.resolve("data/tls-self.pem")), "memory or not, it is kept");
        assertEquals(first, fingerprintOfAStart());
    }

    @Test
    @Timeout(60)
    void aPortThatIsOffIsNotOpened() throws Exception {
        assertEquals(List.of("tcp"), schemes("--http-port", "off"));
        assertEquals(List.of("http"), schemes("--tcp-port", "off"));
    }

    @Test
    @Timeout(60)
    void aCertificateOpensTwoMorePorts() throws Exception {
        Map<String, String> env = new HashMap<>(PORTS);
        env.putAll(TLS_PORTS);
        try (ProsaProcess prosa = startSelfSigned(env)) {
            prosa.readWhereItListens();
            assertEquals(
                    List.of("http", "https", "tcp", "tcps"),
                    prosa.listening().stream().map(URI::getScheme).toList());
            prosa.terminate();
            prosa.assertEndedWell();
        }
    }

    @Test
    @Timeout(60)
    void theRedirectIsToldAsOneAndLeadsToHttps() throws Exception {
        Map<String, String> env = new HashMap<>(PORTS);
        env.putAll(Map.of("PROSA_HTTP_PORT", "redirect:0", "PROSA_HTTPS_PORT", "0", "PROSA_TCP_TLS_PORT", "0"));
        try (ProsaProcess prosa = startSelfSigned(env)) {
            String https = prosa.line().replace("listening: ", "");
            assertTrue(https.startsWith("https://127.0.0.1:"), https);
            Matcher redirects = Pattern.compile("listening: (http://127[.]0[.]0[.]1:[0-9]+) [(]redirects[)]")
                    .matcher(prosa.line());
            assertTrue(redirects.matches());
            HttpResponse<Void> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(redirects.group(1) + "/feed?room=a"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            assertEquals(308, answer.statusCode());
            assertEquals(
                    https + "/feed?room=a",
                    answer.headers().firstValue("Location").orElseThrow());
        }
    }

    private List<String> schemes(String option, String value) throws Exception {
        try (ProsaProcess prosa = ProsaProcess.startWith(folder, PORTS, "--bind", "127.0.0.1", option, value)) {
            prosa.readWhereItListens();
            List<String> schemes =
                    prosa.listening().stream().map(URI::getScheme).toList();
            prosa.terminate();
            prosa.assertEndedWell();
            return schemes;
        }
    }
}
