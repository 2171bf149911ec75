package prosa.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is allowed, as openssl finds it. */
@Timeout(60)
class IdentityTest {
    @TempDir
    Path folder;

    private Openssl openssl;
    private Identity identity;
    private EchoServer server;

    @BeforeEach
    void serve() throws Exception {
        openssl = new Openssl(folder);
        identity = Identity.self(folder, List.of("localhost", "127.0.0.1"), InstantSource.system());
        server = new EchoServer(identity);
    }

    @AfterEach
    void end() throws Exception {
        server.close();
        identity.close();
    }

    private Openssl.Said client(String input, String... args) throws Exception {
        String[] all = new String[args.length + 5];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(
                new String[] {"s_client", "-connect", server.address(), "-CAfile", SelfMade.FILE}, 0, all, 0, 5);
        System.arraycopy(args, 0, all, 5, args.length);
        return openssl.tried(input, all);
    }

    @ParameterizedTest
    @CsvSource({"-tls1_3, TLS_AES_128_GCM_SHA256", "-tls1_2, ECDHE-ECDSA-AES128-GCM-SHA256"})
    void bothVersionsAreSpokenWithTheSuiteThatIsFirstForUs(String version, String suite) throws Exception {
        Openssl.Said said = client("", version);
        assertTrue(said.text().contains("Cipher is " + suite), said::text);
        assertTrue(said.text().contains("Verify return code: 0 (ok)"), said::text);
        assertTrue(said.text().contains("X25519"), said::text);
    }

    @Test
    void theOrderIsOurs() throws Exception {
        String said = client("", "-tls1_2", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-GCM-SHA256")
                .text();
        assertTrue(said.contains("Cipher is ECDHE-ECDSA-AES128-GCM-SHA256"), said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ECDHE-ECDSA-AES128-SHA",
                "ECDHE-ECDSA-AES256-SHA384",
                "AES128-GCM-SHA256",
                "DHE-RSA-AES128-GCM-SHA256"
            })
    void whatHasNoForwardSecrecyOrNoAeadIsRefused(String suite) throws Exception {
        assertRefused(client("", "-tls1_2", "-cipher", suite + ":@SECLEVEL=0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    void oldVersionsAreRefused(String version) throws Exception {
        assertRefused(client("", version, "-cipher", "ALL:@SECLEVEL=0"));
    }

    @Test
    void finiteFieldsAreRefused() throws Exception {
        assertRefused(client("", "-tls1_3", "-groups", "ffdhe2048"));
    }

    private static void assertRefused(Openssl.Said said) {
        assertTrue(said.text().contains("Cipher is (NONE)"), said::text);
        assertTrue(said.text().contains("alert"), said::text);
        assertNotEquals(0, said.status(), said::text);
    }

    @Test
    void aClientMayNotRenegotiate() throws Exception {
        String said = client("R\n", "-tls1_2").text();
        assertTrue(said.contains("RENEGOTIATING"), said);
        assertTrue(said.contains("no renegotiation") || said.contains("alert"), said);
        assertFalse(said.contains("Verify return code: 0 (ok)\n---\nRENEGOTIATING\ndepth=0"), said);
    }

    @Test
    void callersMayChangeTheirOwnParameters() {
        identity.parameters().setProtocols(new String[] {"TLSv1.1"});
        assertEquals(
                List.of("TLSv1.3", "TLSv1.2"), List.of(identity.parameters().getProtocols()));
    }

    /** A source that is asked again and again, and throws once: it must not end the watch. */
    @Test
    void theSourceIsAskedUntilTheEnd() throws Exception {
        CountDownLatch asked = new CountDownLatch(3);
        Source source = new Source() {
            @Override
            public Pair first() throws Unusable {
                return new SelfMade(folder, new AltNames(List.of("localhost")), InstantSource.system()).first();
            }

            @Override
            public Optional<Pair> renewed() {
                asked.countDown();
                throw new IllegalStateException("planted");
            }

            @Override
            public Duration pause() {
                return Duration.ofMillis(1);
            }
        };
        try (Log log = new Log();
                Identity watched = new Identity(source)) {
            assertTrue(asked.await(10, TimeUnit.SECONDS));
            assertFalse(watched.fingerprint().isEmpty());
            assertTrue(log.count("planted") > 0);
        }
    }
}
