package prosa.certificate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.certificate.Unusable.Reason;

/** Files as openssl and certbot write them. */
@Timeout(60)
class PemFilesTest {
    @TempDir
    Path folder;

    private Openssl openssl;
    private Path certificate;
    private Path key;

    @BeforeEach
    void names() {
        openssl = new Openssl(folder);
        certificate = folder.resolve("c.pem");
        key = folder.resolve("k.pem");
    }

    @ParameterizedTest
    @CsvSource({"rsa:2048, rsa", "ec, ec", "ec, -", "rsa:2048, -", "ed25519, -", "ec384, ec", "rsa-pss, -"})
    void eachFormOfAKeyIsServed(String algorithm, String oldForm) throws Exception {
        switch (algorithm) {
            case "ec" -> openssl.make("c.pem", "k.pem");
            case "ec384" -> openssl.make("c.pem", "k.pem", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384");
            default -> openssl.make("c.pem", "k.pem", "-newkey", algorithm);
        }
        switch (oldForm) {
            case "rsa" -> openssl.run("rsa", "-traditional", "-in", "k.pem", "-out", "k.pem");
            case "ec" -> openssl.run("ec", "-in", "k.pem", "-out", "k.pem");
            default -> {}
        }
        String form = oldForm.equals("-") ? "BEGIN PRIVATE KEY" : "BEGIN " + oldForm.toUpperCase() + " PRIVATE KEY";
        assertTrue(Files.readString(key).contains(form));
        try (Identity identity = Identity.ofFiles(certificate, key);
                EchoServer server = new EchoServer(identity)) {
            assertEquals(openssl.fingerprint("c.pem"), identity.fingerprint());
            server.shownTo(EchoServer.trusting(certificate)); // or it throws
        }
    }

    /** As `openssl ecparam -genkey` writes it: the curve stands before the key, as an object of its own. */
    @Test
    void whatElseIsInTheFilesIsPassedOver() throws Exception {
        openssl.run("ecparam", "-name", "prime256v1", "-genkey", "-out", "k.pem");
        openssl.run("req", "-x509", "-new", "-key", "k.pem", "-subj", "/CN=localhost", "-out", "c.pem");
        Files.writeString(certificate, "Subject: CN=João\n" + Files.readString(certificate) + Files.readString(key));
        try (Identity one = Identity.ofFiles(certificate, key);
                Identity both = Identity.ofFiles(certificate, certificate)) {
            assertEquals(openssl.fingerprint("c.pem"), one.fingerprint());
            assertEquals(one.fingerprint(), both.fingerprint());
        }
    }

    @Test
    void theWholeChainIsShown() throws Exception {
        openssl.make("root.pem", "root.key");
        openssl.run(
                "req",
                "-new",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "k.pem",
                "-subj",
                "/CN=localhost",
                "-out",
                "csr");
        Files.writeString(folder.resolve("ext"), "subjectAltName=DNS:localhost\nbasicConstraints=CA:false\n");
        openssl.run(
                "x509",
                "-req",
                "-in",
                "csr",
                "-CA",
                "root.pem",
                "-CAkey",
                "root.key",
                "-out",
                "leaf.pem",
                "-extfile",
                "ext");
        Files.writeString(
                certificate,
                Files.readString(folder.resolve("leaf.pem")) + Files.readString(folder.resolve("root.pem")));
        try (Identity identity = Identity.ofFiles(certificate, key);
                EchoServer server = new EchoServer(identity)) {
            assertEquals(openssl.fingerprint("leaf.pem"), identity.fingerprint());
            server.shownTo(EchoServer.trusting(folder.resolve("root.pem")));
            String said = openssl.tried("", "s_client", "-connect", server.address(), "-showcerts")
                    .text();
            assertEquals(
                    2,
                    said.lines()
                            .filter(line -> line.contains("BEGIN CERTIFICATE"))
                            .count(),
                    said);
        }
    }

    @Test
    void whatIsUnusableIsNamedWithItsFile() throws Exception {
        openssl.make("c.pem", "k.pem");
        openssl.make("other.pem", "other.key");
        openssl.make("rsa.pem", "rsa.key", "-newkey", "rsa:2048");
        openssl.run("pkcs8", "-topk8", "-in", "k.pem", "-out", "locked.key", "-passout", "pass:x");
        openssl.run("ec", "-aes128", "-in", "k.pem", "-out", "locked.old", "-passout", "pass:x");
        openssl.run("ecparam", "-name", "secp256k1", "-genkey", "-noout", "-out", "curve.key");
        openssl.run("genpkey", "-algorithm", "x25519", "-out", "agreement.key");
        Files.writeString(
                folder.resolve("half.pem"), Files.readString(certificate).substring(0, 100));
        Files.createDirectory(folder.resolve("dir"));
        assertUnusable(Reason.NOT_FOUND, "missing", "missing", "k.pem");
        assertUnusable(Reason.NOT_FOUND, "missing", "c.pem", "missing");
        assertUnusable(Reason.NOT_READABLE, "dir", "dir", "k.pem");
        assertUnusable(Reason.NO_CERTIFICATE, "k.pem", "k.pem", "k.pem");
        assertUnusable(Reason.NO_CERTIFICATE, "half.pem", "half.pem", "k.pem");
        assertUnusable(Reason.NO_KEY, "c.pem", "c.pem", "c.pem");
        assertUnusable(Reason.ENCRYPTED_KEY, "locked.key", "c.pem", "locked.key");
        assertUnusable(Reason.ENCRYPTED_KEY, "locked.old", "c.pem", "locked.old");
        assertUnusable(Reason.UNKNOWN_KEY, "curve.key", "c.pem", "curve.key");
        assertUnusable(Reason.UNKNOWN_KEY, "agreement.key", "c.pem", "agreement.key");
        assertUnusable(Reason.OTHER_KEY, "other.key", "c.pem", "other.key");
        assertUnusable(Reason.OTHER_KEY, "rsa.key", "c.pem", "rsa.key");
    }

    private void assertUnusable(Reason reason, String named, String certificateName, String keyName) {
        Unusable unusable = assertThrows(
                Unusable.class, () -> Identity.ofFiles(folder.resolve(certificateName), folder.resolve(keyName)));
        assertEquals(reason, unusable.reason());
        assertEquals(folder.resolve(named), unusable.path());
    }

    @Test
    void oneThatHasExpiredIsServedWithAWarning() throws Exception {
        openssl.make("c.pem", "k.pem");
        openssl.run("x509", "-in", "c.pem", "-key", "k.pem", "-days", "-1", "-out", "c.pem");
        try (Log log = new Log();
                Identity identity = Identity.ofFiles(certificate, key)) {
            assertEquals(openssl.fingerprint("c.pem"), identity.fingerprint());
            assertEquals(1, log.count("which is not now"));
        }
    }

    @Test
    void aRenewedPairIsTakenUpWithTheNextHandshakeOnceItFits() throws Exception {
        openssl.make("c.pem", "k.pem");
        openssl.make("new.pem", "new.key");
        try (Log log = new Log();
                Identity identity = Identity.ofFiles(certificate, key);
                EchoServer server = new EchoServer(identity)) {
            SSLContext old = EchoServer.trusting(certificate);
            SSLContext young = EchoServer.trusting(folder.resolve("new.pem"));
            String before = identity.fingerprint();
            server.shownTo(old);
            long session = server.sessionOf(old);
            assertEquals(session, server.sessionOf(old), "a session is resumed");
            assertThrows(Exception.class, () -> server.shownTo(young));

            replace("new.pem", certificate);
            identity.look();
            assertEquals(before, identity.fingerprint(), "half of it");
            assertEquals(0, log.count("stays as it was"), "it may be under way");
            identity.look();
            identity.look();
            assertEquals(1, log.count("stays as it was"));
            server.shownTo(old);

            replace("new.key", key);
            identity.look();
            assertNotEquals(before, identity.fingerprint());
            assertEquals(openssl.fingerprint("c.pem"), identity.fingerprint());
            assertEquals(1, log.count("New certificate"));
            assertArrayEquals(
                    EchoServer.certificate(certificate).getEncoded(),
                    server.shownTo(young).getEncoded());
        }
    }

    @Test
    void whatIsGoneAndComesBackIsNothingNew() throws Exception {
        openssl.make("c.pem", "k.pem");
        try (Log log = new Log();
                Identity identity = Identity.ofFiles(certificate, key)) {
            Files.move(key, folder.resolve("away"));
            identity.look();
            identity.look();
            identity.look();
            assertEquals(1, log.count("stays as it was"));
            Files.move(folder.resolve("away"), key);
            identity.look();
            assertEquals(0, log.count("New certificate"));
            assertEquals(openssl.fingerprint("c.pem"), identity.fingerprint());
        }
    }

    private void replace(String by, Path file) throws Exception {
        Files.move(folder.resolve(by), file, StandardCopyOption.REPLACE_EXISTING);
    }
}
