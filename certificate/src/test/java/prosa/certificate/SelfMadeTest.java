package prosa.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SelfMadeTest {
    private static final List<String> NAMES =
            List.of("Sala-7.example", "localhost", "127.0.0.1", "::1", "fe80::1%eth0", "localhost");

    @TempDir
    Path folder;

    private volatile Instant now = Instant.now();

    private Identity identity(List<String> names) throws Unusable {
        return Identity.self(folder, names, () -> now);
    }

    private String fingerprint(List<String> names) throws Unusable {
        try (Identity identity = identity(names)) {
            return identity.fingerprint();
        }
    }

    @Test
    void itIsWhatBrowsersAskFor() throws Exception {
        String fingerprint = fingerprint(NAMES);
        Openssl openssl = new Openssl(folder);
        assertEquals(openssl.fingerprint(SelfMade.FILE), fingerprint);
        String text = openssl.run("x509", "-noout", "-text", "-in", SelfMade.FILE);
        for (String part : List.of(
                "Version: 3",
                "Signature Algorithm: ecdsa-with-SHA256",
                "Issuer: CN = sala-7.example",
                "Subject: CN = sala-7.example",
                "ASN1 OID: prime256v1",
                "CA:FALSE",
                "Digital Signature",
                "TLS Web Server Authentication",
                "DNS:sala-7.example, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1,"
                        + " IP Address:FE80:0:0:0:0:0:0:1\n")) {
            assertTrue(text.contains(part), () -> part + " is not in\n" + text);
        }
        var made = EchoServer.certificate(folder.resolve(SelfMade.FILE));
        assertTrue(made.getSerialNumber().bitLength() > 100, made::toString);
        assertEquals(
                SelfMade.LIFE,
                Duration.between(
                        made.getNotBefore().toInstant(), made.getNotAfter().toInstant()));
        openssl.run("verify", "-CAfile", SelfMade.FILE, "-verify_hostname", "localhost", SelfMade.FILE);
        openssl.run("verify", "-CAfile", SelfMade.FILE, "-verify_ip", "::1", SelfMade.FILE);
    }

    @Test
    void clientsThatTrustItConnect() throws Exception {
        try (Identity identity = identity(NAMES);
                EchoServer server = new EchoServer(identity)) {
            server.shownTo(EchoServer.trusting(folder.resolve(SelfMade.FILE)));
        }
    }

    @Test
    void theKeyIsNobodyElsesAndNothingIsLeftBeside() throws Exception {
        fingerprint(NAMES);
        Path file = folder.resolve(SelfMade.FILE);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of(file), all.toList());
        }
    }

    @Test
    void itIsKeptWhileItHasTheSameNamesAndMoreThanAThirdOfItsLife() throws Exception {
        String first = fingerprint(NAMES);
        assertEquals(first, fingerprint(NAMES.reversed()), "in whatever order");
        now = now.plus(Duration.ofDays(59));
        assertEquals(first, fingerprint(NAMES));
        now = now.plus(Duration.ofDays(1));
        String second = fingerprint(NAMES);
        assertNotEquals(first, second);
        String third = fingerprint(List.of("localhost", "192.0.2.7"));
        assertNotEquals(second, third);
        now = now.minus(Duration.ofDays(365));
        assertNotEquals(third, fingerprint(List.of("localhost", "192.0.2.7")), "not valid yet");
    }

    @Test
    void whatIsNoCertificateIsReplaced() throws Exception {
        String first = fingerprint(NAMES);
        Files.writeString(folder.resolve(SelfMade.FILE), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        assertNotEquals(first, fingerprint(NAMES));
    }

    @Test
    void itIsRenewedWhileItIsServed() throws Exception {
        try (Identity identity = identity(NAMES);
                EchoServer server = new EchoServer(identity)) {
            String first = identity.fingerprint();
            identity.look();
            assertEquals(first, identity.fingerprint());
            now = now.plus(Duration.ofDays(61));
            identity.look();
            assertNotEquals(first, identity.fingerprint());
            assertEquals(new Openssl(folder).fingerprint(SelfMade.FILE), identity.fingerprint());
            now = now.plus(Duration.ofDays(1));
            String second = identity.fingerprint();
            identity.look();
            assertEquals(second, identity.fingerprint());
            String shown = new Openssl(folder)
                    .tried("", "s_client", "-connect", server.address())
                    .text();
            Files.writeString(folder.resolve("shown.pem"), shown);
            assertEquals(second, new Openssl(folder).fingerprint("shown.pem"));
        }
    }

    @Test
    void aFolderThatCantBeWrittenToIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        for (Path no : List.of(file, file.resolve("below"))) {
            Unusable unusable = assertThrows(Unusable.class, () -> Identity.self(no, NAMES, () -> now));
            assertEquals(Unusable.Reason.NOT_WRITABLE, unusable.reason());
            assertEquals(no, unusable.path());
        }
    }

    /** The one that is served stays, and there is one warning. */
    @Test
    void aRenewalThatFailsIsTriedAgain() throws Exception {
        Path inner = folder.resolve("inner");
        try (Log log = new Log();
                Identity identity = Identity.self(inner, NAMES, () -> now)) {
            String first = identity.fingerprint();
            Files.move(inner, folder.resolve("away"));
            Files.createFile(inner);
            now = now.plus(Duration.ofDays(70));
            identity.look();
            identity.look();
            assertEquals(first, identity.fingerprint());
            assertEquals(1, log.count("can't be renewed"));
            Files.delete(inner);
            identity.look();
            assertNotEquals(first, identity.fingerprint());
        }
    }
}
