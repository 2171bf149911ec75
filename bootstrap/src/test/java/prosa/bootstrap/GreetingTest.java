package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        return new Greeting(LISTENING, options).text();
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
}
