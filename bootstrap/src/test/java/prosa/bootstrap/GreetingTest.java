package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import prosa.bootstrap.Options.History;
import prosa.language.Language;

class GreetingTest {
    private static final List<URI> LISTENING =
            List.of(URI.create("http://127.0.0.1:18080"), URI.create("tcp://127.0.0.1:12323"));

    private static String greeting(Language language, String... addresses) {
        Bind bind =
                new Bind(List.of(addresses).stream().map(InetAddress::ofLiteral).toList());
        Options options = new Options(0, 0, Optional.empty(), 0, bind, Path.of("data"), History.MEMORY, language, true);
        return new Greeting(LISTENING, Optional.empty(), options).text();
    }

    @Test
    void programsReadALineForEachListener() {
        assertEquals(
                List.of("listening: http://127.0.0.1:18080", "listening: tcp://127.0.0.1:12323"),
                greeting(Language.ENGLISH, "127.0.0.1").lines().limit(2).toList());
    }

    @Test
    void peopleReadHowToJoinOverEachWireInTheirLanguage() {
        String english = greeting(Language.ENGLISH, "127.0.0.1");
        assertTrue(english.contains("telnet localhost 12323"), english);
        assertTrue(english.contains("curl -N http://localhost:18080/feed"), english);
        String portuguese = greeting(Language.PORTUGUESE, "127.0.0.1");
        assertTrue(portuguese.contains("  navegador  http://localhost:18080/\n"), portuguese);
        assertTrue(portuguese.contains("  enviar     curl -d 'Oi!' 'http://localhost"), portuguese);
    }

    @Test
    void onLoopbackNoOtherMachineIsInvited() {
        assertFalse(greeting(Language.ENGLISH, "127.0.0.1", "::1").contains("From other machines"));
    }

    @Test
    void onAnAddressOfTheNetworkOthersAreToldIt() {
        assertTrue(greeting(Language.ENGLISH, "192.0.2.7").contains("From other machines: http://192.0.2.7:18080\n"));
        assertTrue(greeting(Language.PORTUGUESE, "192.0.2.7", "192.0.2.8")
                .contains("De outras máquinas: http://192.0.2.7:18080 e http://192.0.2.8:18080\n"));
    }

    @Test
    void severalAddressesAreJoinedAsTheLanguageDoes() {
        String[] both = {"192.0.2.7", "198.51.100.7"};
        assertTrue(greeting(Language.ENGLISH, both).contains("http://192.0.2.7:18080 and http://198.51.100.7:18080"));
        String portuguese = greeting(Language.PORTUGUESE, both);
        assertTrue(portuguese.contains("De outras máquinas: http://192.0.2.7:18080 e http://"), portuguese);
        assertTrue(portuguese.contains("enviar "), portuguese);
    }

    @Test
    void allOfIpv4InvitesNobodyOverIpv6() {
        assertFalse(greeting(Language.ENGLISH, "0.0.0.0").contains("http://["));
    }

    private static String encrypted(HttpPort http, Language language, String address, String... listening) {
        Options options = new Options(
                http,
                OptionalInt.empty(),
                Optional.of(new Tls(new Tls.Certificate.Self(), OptionalInt.of(8443), OptionalInt.of(2324))),
                Optional.empty(),
                0,
                new Bind(List.of(InetAddress.ofLiteral(address))),
                Path.of("data"),
                History.MEMORY,
                language,
                true);
        List<URI> uris = List.of(listening).stream().map(URI::create).toList();
        return new Greeting(uris, Optional.of("AB:CD"), options).text();
    }

    @Test
    void whatIsEncryptedIsToldFirstWithWhatPeopleNeedToTrustIt() {
        String english = encrypted(
                new HttpPort.Redirect(8080),
                Language.ENGLISH,
                "127.0.0.1",
                "http://127.0.0.1:8080",
                "https://127.0.0.1:8443",
                "tcps://127.0.0.1:2324");
        assertEquals(
                List.of(
                        "listening: http://127.0.0.1:8080 (redirects)",
                        "listening: https://127.0.0.1:8443",
                        "listening: tcps://127.0.0.1:2324"),
                english.lines().limit(3).toList());
        for (String line : List.of(
                "  browser    https://localhost:8443/\n",
                "  TLS        openssl s_client -quiet -connect localhost:2324\n",
                "  feed       curl --cacert data/tls-self.pem -N https://localhost:8443/feed\n",
                "  WebSocket  wscat --ca data/tls-self.pem -c wss://localhost:8443/chat\n",
                "\nCertificate, SHA-256: AB:CD\n")) {
            assertTrue(english.contains(line), english);
        }
        assertFalse(english.contains("telnet"), english);
        assertFalse(english.contains("Not encrypted"), english);
    }

    @Test
    void onTheNetworkItSaysWhatIsPlain() {
        String[] listening = {"http://192.0.2.7:8080", "https://192.0.2.7:8443", "tcp://192.0.2.7:2323"};
        String english = encrypted(new HttpPort.Open(8080), Language.ENGLISH, "192.0.2.7", listening);
        assertTrue(english.contains("From other machines: https://192.0.2.7:8443\n"), english);
        assertTrue(
                english.contains(
                        "Not encrypted, so that others on the way can read it: HTTP on port 8080 and TCP on port 2323\n"),
                english);
        String portuguese = encrypted(new HttpPort.Redirect(8080), Language.PORTUGUESE, "192.0.2.7", listening);
        assertTrue(
                portuguese.contains("Sem criptografia, e quem estiver no caminho pode ler: TCP na porta 2323\n"),
                portuguese);
        assertTrue(portuguese.contains("Certificado, SHA-256: AB:CD\n"), portuguese);
        assertTrue(greeting(Language.ENGLISH, "192.0.2.7").contains("HTTP on port 18080 and TCP on port 12323\n"));
        assertFalse(greeting(Language.ENGLISH, "127.0.0.1").contains("Not encrypted"));
    }
}
