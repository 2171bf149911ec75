package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is open, and what is encrypted. */
class TlsOptionsTest {
    private static final Map<String, String> NO_ENV = Map.of();
    private static final Tls.Certificate SELF = new Tls.Certificate.Self();

    private static Options run(Map<String, String> env, String... args) {
        Parsed parsed = Options.parse(List.of(args), env);
        return assertInstanceOf(Parsed.Run.class, parsed, parsed::toString).options();
    }

    private static Optional<Tls> tls(Tls.Certificate certificate, int https, int tcp) {
        return Optional.of(new Tls(certificate, OptionalInt.of(https), OptionalInt.of(tcp)));
    }

    @Test
    void aCertificateOpensTwoMorePorts() {
        Options options = run(NO_ENV, "--tls", "self");
        assertEquals(tls(SELF, 8443, 2324), options.tls());
        assertEquals(new HttpPort.Open(8080), options.httpPort());
        assertEquals(OptionalInt.of(2323), options.tcpPort());
        assertEquals(
                tls(new Tls.Certificate.Files(Path.of("/home/ana/c.pem"), Path.of("k.pem")), 1, 0),
                run(
                                Map.of("HOME", "/home/ana"),
                                "--tls-cert=~/c.pem",
                                "--tls-key=k.pem",
                                "--https-port=1",
                                "--tcp-tls-port=0")
                        .tls());
    }

    @Test
    void theEnvironmentSpeaksForItToo() {
        assertEquals(
                tls(SELF, 3, 4),
                run(Map.of("PROSA_TLS", "self", "PROSA_HTTPS_PORT", "3", "PROSA_TCP_TLS_PORT", "4"))
                        .tls());
        assertEquals(
                tls(new Tls.Certificate.Files(Path.of("c"), Path.of("k")), 8443, 2324),
                run(Map.of("PROSA_TLS_CERT", "c", "PROSA_TLS_KEY", "k")).tls());
        assertEquals(
                new HttpPort.Redirect(80),
                run(Map.of("PROSA_TLS", "self", "PROSA_HTTP_PORT", "redirect:80"))
                        .httpPort());
    }

    @Test
    void eachPortCanBeClosedWhileOneIsLeft() {
        assertEquals(new HttpPort.Off(), run(NO_ENV, "--http-port=off").httpPort());
        assertEquals(OptionalInt.empty(), run(NO_ENV, "--tcp-port=off").tcpPort());
        assertEquals(
                Optional.of(new Tls(SELF, OptionalInt.empty(), OptionalInt.of(2324))),
                run(NO_ENV, "--tls=self", "--http-port=off", "--tcp-port=off", "--https-port=off")
                        .tls());
        assertEquals(
                Optional.of(new Tls(SELF, OptionalInt.of(8443), OptionalInt.empty())),
                run(NO_ENV, "--tls=self", "--http-port=off", "--tcp-port=off", "--tcp-tls-port=off")
                        .tls());
    }

    @Test
    void httpMayLeadToHttpsAndNothingElse() {
        assertEquals(
                new HttpPort.Redirect(8080),
                run(NO_ENV, "--tls=self", "--http-port=redirect").httpPort());
        assertEquals(
                new HttpPort.Redirect(0),
                run(NO_ENV, "--tls=self", "--http-port=redirect:0").httpPort());
    }

    /** Each with what is wrong with it, in both languages. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tls self --tls-cert c"
                        + " | --tls: makes a certificate, and --tls-cert and --tls-key name another one: leave out one of them"
                        + " | --tls: faz um certificado, e --tls-cert e --tls-key indicam outro: deixe só um deles",
                "--tls-key k --tls self"
                        + " | --tls: makes a certificate, and --tls-cert and --tls-key name another one: leave out one of them"
                        + " | --tls: faz um certificado, e --tls-cert e --tls-key indicam outro: deixe só um deles",
                "--tls-cert c | --tls-cert: needs --tls-key too | --tls-cert: precisa também de --tls-key",
                "--tls-key k | --tls-key: needs --tls-cert too | --tls-key: precisa também de --tls-cert",
                "--tls-cert= --tls-key k | --tls-cert: \"\" is not a file | --tls-cert: \"\" não é um arquivo",
                "--tls-cert c --tls-key= | --tls-key: \"\" is not a file | --tls-key: \"\" não é um arquivo",
                "--https-port 1"
                        + " | --https-port: needs a certificate: --tls self, or --tls-cert and --tls-key"
                        + " | --https-port: precisa de um certificado: --tls self, ou --tls-cert e --tls-key",
                "--tcp-tls-port off"
                        + " | --tcp-tls-port: needs a certificate: --tls self, or --tls-cert and --tls-key"
                        + " | --tcp-tls-port: precisa de um certificado: --tls self, ou --tls-cert e --tls-key",
                "--http-port redirect"
                        + " | --http-port: needs a certificate: --tls self, or --tls-cert and --tls-key"
                        + " | --http-port: precisa de um certificado: --tls self, ou --tls-cert e --tls-key",
                "--http-port redirect --tls self --https-port off"
                        + " | --http-port: leads to HTTPS, and --https-port is off"
                        + " | --http-port: leva ao HTTPS, e --https-port está em off",
                "--http-port redirect: --tls self"
                        + " | --http-port: \"redirect:\" is neither a port (0 to 65535), nor off, nor redirect or redirect:PORT"
                        + " | --http-port: \"redirect:\" não é uma porta (0 a 65535), nem off, nem redirect ou redirect:PORTA",
                "--https-port x --tls self"
                        + " | --https-port: \"x\" is neither a port (0 to 65535) nor off"
                        + " | --https-port: \"x\" não é uma porta (0 a 65535) nem off",
                "--http-port off --tcp-port off"
                        + " | --tcp-port: all ports are off, and one is needed"
                        + " | --tcp-port: todas as portas estão em off, e o servidor precisa de uma",
                "--http-port off --tcp-port off --tls self --https-port off --tcp-tls-port off"
                        + " | --tcp-port: all ports are off, and one is needed"
                        + " | --tcp-port: todas as portas estão em off, e o servidor precisa de uma"
            })
    void whatDoesNotGoTogetherIsToldInTheLanguageOfWhoeverGaveIt(String args, String english, String portuguese) {
        assertEquals(new Parsed.Bad("prosa: " + english), Options.parse(List.of(args.split(" ")), NO_ENV));
        assertEquals(
                new Parsed.Bad("prosa: " + portuguese),
                Options.parse(List.of(args.split(" ")), Map.of("LANG", "pt_BR.UTF-8")));
    }

    @Test
    void theVariableIsNamedIfItWasThat() {
        assertEquals(
                new Parsed.Bad("prosa: PROSA_TLS_CERT: needs --tls-key too"),
                Options.parse(List.of(), Map.of("PROSA_TLS_CERT", "c")));
    }
}
