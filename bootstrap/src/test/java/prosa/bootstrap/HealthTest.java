package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.bootstrap.BrokenProxy.Fault;

/** {@code ./prosa health}: by the options of the server, whatever is open of it. */
class HealthTest {
    @TempDir
    Path folder;

    /** @param status 0 or 1 */
    private record Said(int status, String line) {}

    private static Said health(Map<String, String> env, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Status status = new Health(new PrintStream(out, true, StandardCharsets.UTF_8)).run(List.of(args), env);
        return new Said(status.code(), out.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void asksByOptionsAndEnvironmentAsTheServerHasThem() throws Exception {
        try (RunningProsa prosa = new RunningProsa(folder)) {
            String port = Integer.toString(prosa.port("http"));
            assertEquals(new Said(0, "ready"), health(Map.of(), "--http-port", port));
            assertEquals(new Said(0, "pronto"), health(Map.of("PROSA_HTTP_PORT", port, "PROSA_LANG", "pt")));
            assertEquals(new Said(0, "ready"), health(Map.of("PROSA_BIND", "0.0.0.0"), "--http-port=" + port));
            assertEquals(new Said(0, "ready"), health(Map.of(), prosa.url("/")));
            String lines = Integer.toString(prosa.port("tcp"));
            assertEquals(new Said(0, "ready"), health(Map.of(), "--http-port=off", "--tcp-port", lines));
        }
    }

    @Test
    void asksOverTlsWhereNothingElseIsOpen() throws Exception {
        try (RunningProsa prosa = RunningProsa.encrypted(folder, false)) {
            String https = Integer.toString(prosa.port("https"));
            Map<String, String> env = Map.of("PROSA_TLS", "self", "PROSA_HTTP_PORT", "off");
            assertEquals(new Said(0, "ready"), health(env, "--https-port", https));
            Map<String, String> redirects = Map.of("PROSA_TLS", "self", "PROSA_HTTP_PORT", "redirect");
            assertEquals(new Said(0, "ready"), health(redirects, "--https-port", https));
            String lines = Integer.toString(prosa.port("tcps"));
            assertEquals(
                    new Said(0, "ready"), health(env, "--https-port=off", "--tcp-port=off", "--tcp-tls-port", lines));
            assertEquals(new Said(0, "ready"), health(Map.of(), "https://127.0.0.1:" + https));
        }
    }

    @Test
    void whatIsNotReadyIsSaidInOneLine() throws Exception {
        try (BrokenProxy proxy = new BrokenProxy(1, Fault.REACHES_NOBODY)) {
            assertEquals(new Said(1, "not ready: HTTP 502"), health(Map.of(), proxy.url()));
        }
        Said nobody = health(Map.of(), "--http-port", "1");
        assertEquals(1, nobody.status());
        assertTrue(nobody.line().startsWith("not ready: 127.0.0.1:1: "), nobody::line);
    }

    @Test
    void aBadOptionIsNoOtherStatus() {
        assertEquals(new Said(1, "prosa: --frob: no such option, see health --help"), health(Map.of(), "--frob"));
        assertEquals(
                new Said(1, "prosa: PROSA_HTTP_PORT: 0 is any free port: which one that is nobody knows here"),
                health(Map.of("PROSA_HTTP_PORT", "0")));
        assertEquals(
                new Said(1, "prosa: URL: \"ftp://x\" is not http(s)://HOST[:PORT][/PATH]"),
                health(Map.of(), "ftp://x"));
        assertTrue(health(Map.of(), "--help").line().startsWith("Usage: ./prosa health [OPTION...] [URL]"));
    }
}
