package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.application.port.SharedLog;
import prosa.bootstrap.Options.History;
import prosa.bootstrap.Options.TutorialPort;
import prosa.language.Language;

class OptionsTest {
    private static final Map<String, String> NO_ENV = Map.of();

    @Test
    void withoutOptionsTheDefaultsOfTheContractHold() {
        Options options = run(NO_ENV);
        assertEquals(new HttpPort.Open(8080), options.httpPort());
        assertEquals(OptionalInt.of(2323), options.tcpPort());
        assertEquals(Optional.empty(), options.tls());
        assertEquals(Optional.of(new TutorialPort(9090, false)), options.tutorialPort());
        assertTrue(options.bind().isLoopback());
        assertEquals(Path.of("data"), options.dataDir());
        assertEquals(History.SQLITE, options.history());
        assertEquals(Language.ENGLISH, options.language());
        assertTrue(options.ioUring());
    }

    @Test
    void eachOptionIsReadFromTheCommandLine() {
        Options options = run(
                NO_ENV,
                "--http-port",
                "1",
                "--tcp-port=2",
                "--tutorial-port=3",
                "--lab-port=4",
                "--bind=127.0.0.1",
                "--data-dir=some where",
                "--history=memory",
                "--lang=pt",
                "--io-uring=off");
        assertEquals(
                new Options(
                        1,
                        2,
                        Optional.of(new TutorialPort(3, true)),
                        4,
                        options.bind(),
                        Path.of("some where"),
                        History.MEMORY,
                        Language.PORTUGUESE,
                        false),
                options);
        assertEquals("127.0.0.1", options.bind().addresses().getFirst().getHostAddress());
    }

    @Test
    void eachOptionIsReadFromTheEnvironment() {
        Options options = run(Map.of(
                "PROSA_HTTP_PORT", "1",
                "PROSA_TCP_PORT", "2",
                "PROSA_TUTORIAL_PORT", "off",
                "PROSA_LAB_PORT", "4",
                "PROSA_BIND", "127.0.0.1",
                "PROSA_DATA_DIR", "elsewhere",
                "PROSA_HISTORY", "memory",
                "PROSA_LANG", "pt",
                "PROSA_IO_URING", "off"));
        assertEquals(
                new Options(
                        1,
                        2,
                        Optional.empty(),
                        4,
                        options.bind(),
                        Path.of("elsewhere"),
                        History.MEMORY,
                        Language.PORTUGUESE,
                        false),
                options);
        assertEquals(1, options.bind().addresses().size());
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentEvenOverABadOne() {
        assertEquals(
                new HttpPort.Open(7),
                run(Map.of("PROSA_HTTP_PORT", "x"), "--http-port", "7").httpPort());
    }

    @Test
    void anEmptyVariableIsAsGoodAsNone() {
        assertEquals(new HttpPort.Open(8080), run(Map.of("PROSA_HTTP_PORT", "")).httpPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "65535"})
    void portsGoFromZeroWhichIsAnyFreeOneToTheLast(String port) {
        Options options = run(NO_ENV, "--http-port", port, "--tcp-port", port, "--tutorial-port", port);
        int number = Integer.parseInt(port);
        assertEquals(new HttpPort.Open(number), options.httpPort());
        assertEquals(OptionalInt.of(number), options.tcpPort());
        assertEquals(Optional.of(new TutorialPort(number, true)), options.tutorialPort());
    }

    @Test
    void aTutorialPortThatSomeoneChoseIsToldFromTheDefault() {
        assertEquals(
                Optional.of(new TutorialPort(9090, true)),
                run(NO_ENV, "--tutorial-port=9090").tutorialPort());
        assertEquals(
                Optional.of(new TutorialPort(9090, true)),
                run(Map.of("PROSA_TUTORIAL_PORT", "9090")).tutorialPort());
    }

    @ParameterizedTest
    @CsvSource({
        "pt_BR.UTF-8,,,PORTUGUESE",
        "pt,,,PORTUGUESE",
        "pt@euro,,,PORTUGUESE",
        "C.UTF-8,,,ENGLISH",
        "ptx,,,ENGLISH",
        "de_DE,,,ENGLISH",
        "pt_BR,en_US,,ENGLISH",
        "en_US,pt_PT,,PORTUGUESE",
        "pt_BR,pt_BR,C,ENGLISH",
        "C,C,pt_BR,PORTUGUESE"
    })
    void theLanguageIsThatOfTheLocale(String lang, String messages, String all, Language expected) {
        Map<String, String> env =
                Map.of("LANG", lang, "LC_MESSAGES", messages == null ? "" : messages, "LC_ALL", all == null ? "" : all);
        assertEquals(expected, run(env).language());
        assertEquals(Language.ENGLISH, run(env, "--lang", "en").language());
    }

    @ParameterizedTest
    @CsvSource({
        "--http-port, x",
        "--http-port, -1",
        "--http-port, +1",
        "--http-port, 65536",
        "--http-port, 99999999999",
        "--http-port, ''",
        "--http-port, ' 1'",
        "--http-port, ١",
        "--http-port, OFF",
        "--http-port, redirect8080",
        "--tcp-port, OFF",
        "--tls, on",
        "--tutorial-port, OFF",
        "--tutorial-port, 65536",
        "--bind, ''",
        "--bind, 192.0.2.1",
        "--bind, no host",
        "--data-dir, ''",
        "--history, postgres",
        "--history, ''",
        "--lang, fr",
        "--io-uring, no",
        "--memory, 512",
        "--memory, 0512m",
        "--memory, 512 m",
        "--memory, 512k",
        "--memory, m",
        "--memory, 1.5g",
        "--memory, 9999999m",
        "--memory, 255m",
        "--memory, 1025g"
    })
    void aBadValueIsNamedInOneLineWhereverItComesFrom(String flag, String value) {
        assertBad("prosa: " + flag + ": \"" + value + "\" is n", parse(NO_ENV, flag, value));
        assertBad("prosa: " + flag + ": \"" + value + "\" is n", parse(NO_ENV, flag + "=" + value));
        if (!value.isEmpty()) {
            String variable = "PROSA_" + flag.substring(2).toUpperCase().replace('-', '_');
            assertBad("prosa: " + variable + ": \"" + value + "\" is n", parse(Map.of(variable, value)));
        }
    }

    /** Each with what is wrong with it, in both languages. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--http-port | x | is neither a port (0 to 65535), nor off, nor redirect or redirect:PORT"
                        + " | não é uma porta (0 a 65535), nem off, nem redirect ou redirect:PORTA",
                "--tcp-port | x | is neither a port (0 to 65535) nor off | não é uma porta (0 a 65535) nem off",
                "--lab-port | off | is not a port (0 to 65535) | não é uma porta (0 a 65535)",
                "--tls | on | is not self | não é self",
                "--tutorial-port | x | is neither a port (0 to 65535) nor off | não é uma porta (0 a 65535) nem off",
                "--bind | '' | is not an address | não é um endereço",
                "--bind | no host | is not a known host | não é um host conhecido",
                "--bind | 192.0.2.1 | is not an address of this machine | não é um endereço desta máquina",
                "--data-dir | '' | is not a folder | não é uma pasta",
                "--data-dir | ~bia | is in somebody's home folder: write its whole path (or ./~...)"
                        + " | fica na pasta pessoal de alguém: escreva o caminho inteiro (ou ./~...)",
                "--history | postgres | is neither sqlite nor memory, nor nats://HOST:PORT"
                        + " | não é sqlite nem memory, nem nats://HOST:PORTA",
                "--lang | fr | is neither en nor pt | não é en nem pt",
                "--io-uring | no | is neither on nor off | não é on nem off",
                "--claim-days | 0 | is not from 1 to 9,999 days | não está entre 1 e 9.999 dias",
                "--claim-days | 10000 | is not from 1 to 9,999 days | não está entre 1 e 9.999 dias",
                "--claim-days | +1 | is not from 1 to 9,999 days | não está entre 1 e 9.999 dias",
                "--memory | 512 | is not a size like 512m or 2g | não é um tamanho como 512m ou 2g",
                "--memory | 255m | is not from 256m to 1024g | não está entre 256m e 1024g",
                "--memory | 1g | is not for java -jar: say -Xmx and -XX:MaxDirectMemorySize, or start ./prosa"
                        + " | não vale para java -jar: use -Xmx e -XX:MaxDirectMemorySize, ou inicie com ./prosa"
            })
    void aBadValueIsToldInTheLanguageOfWhoeverGaveIt(String flag, String value, String english, String portuguese) {
        String start = "prosa: " + flag + ": \"" + value + "\" ";
        assertEquals(start + english, assertBad("", parse(NO_ENV, flag, value)));
        assertEquals(start + portuguese, assertBad("", parse(Map.of("LANG", "pt_BR.UTF-8"), flag, value)));
    }

    @Test
    void aSharedLogHasServersAndWhatBelongsToThem(@TempDir Path folder) throws Exception {
        Path credentials = Files.createFile(folder.resolve("prosa.creds"));
        assertEquals(
                new History.Nats(new SharedLog(List.of(URI.create("nats://a:4222")), Optional.empty(), "prosa", 1)),
                run(NO_ENV, "--history=nats://a:4222").history());
        History all = new History.Nats(new SharedLog(
                List.of(URI.create("tls://a"), URI.create("nats://[::1]:1")), Optional.of(credentials), "school", 3));
        assertEquals(
                all,
                run(
                                NO_ENV,
                                "--history=tls://a,nats://[::1]:1",
                                "--nats-creds=" + credentials,
                                "--nats-prefix=school",
                                "--nats-replicas=3")
                        .history());
        assertEquals(
                all,
                run(Map.of(
                                "PROSA_HISTORY", "tls://a,nats://[::1]:1",
                                "PROSA_NATS_CREDS", credentials.toString(),
                                "PROSA_NATS_PREFIX", "school",
                                "PROSA_NATS_REPLICAS", "3"))
                        .history());
        assertBad("prosa: --nats-prefix: needs --history nats://... too", parse(NO_ENV, "--nats-prefix", "school"));
        for (String bad : List.of("--nats-prefix=Big", "--nats-replicas=0", "--nats-replicas=6", "--nats-creds=none")) {
            assertBad("prosa: " + bad.replaceFirst("=.*", ": \""), parse(NO_ENV, "--history=nats://a", bad));
        }
    }

    /** It stands in the list of processes already, and need not stand in a log as well. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nats://bia:hunter2@host:4222",
                "nats://hunter2@host",
                "nats://host:4222,tls://hunter2@other",
                "nats://host:4222?token=hunter2",
                "nats://host/hunter2",
                "nats://host:4222:hunter2",
                "nats:hunter2",
                "http://host/hunter2",
                "nats://host, nats://hunter2",
                "hunter2@host"
            })
    void aServerWithASecretIsRefusedWithoutShowingIt(String server) {
        for (Parsed parsed :
                List.of(parse(NO_ENV, "--history", server), parse(Map.of("PROSA_HISTORY", server), "--lang=pt"))) {
            String line = assertInstanceOf(Parsed.Bad.class, parsed).line();
            assertFalse(line.contains("hunter2"), line);
            assertTrue(line.matches("prosa: (--history|PROSA_HISTORY): .*"), line);
        }
    }

    @Test
    void theLanguageOfALineHoldsForAllThatIsWrongWithIt() {
        assertBad("prosa: --http-port: \"x\" não é", parse(NO_ENV, "--lang", "pt", "--http-port", "x"));
        assertBad("prosa: --http-port: \"x\" não é", parse(NO_ENV, "--http-port", "x", "--lang=pt"));
        assertBad("prosa: --port: essa opção não existe; veja --help", parse(NO_ENV, "--port", "--lang=pt"));
        assertBad("prosa: --tcp-port: falta o valor", parse(NO_ENV, "--lang=pt", "--tcp-port"));
        assertBad("prosa: --lang: repetida", parse(NO_ENV, "--lang=pt", "--lang=en"));
        assertBad("prosa: --help: não aceita valor", parse(Map.of("PROSA_LANG", "pt"), "--help=me"));
        assertBad("prosa: --lang: \"fr\" não é en nem pt", parse(Map.of("PROSA_LANG", "pt"), "--lang", "fr"));
        assertBad("prosa: PROSA_LANG: \"fr\" não é", parse(Map.of("PROSA_LANG", "fr", "LC_ALL", "pt_PT")));
        assertBad("prosa: --http-port: \"x\" is", parse(Map.of("LANG", "pt_BR"), "--lang", "en", "--http-port=x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"256m", "1024M", "1g", "1024G", "999999m"})
    void memoryIsGivenByTheLauncherAndHereOnlyUnderstood(String size) {
        assertInstanceOf(Parsed.Run.class, new OptionsParser(Map.of("PROSA_MEMORY", size), true).parse(List.of()));
        assertInstanceOf(Parsed.Run.class, new OptionsParser(NO_ENV, true).parse(List.of("--memory", size)));
        assertBad("prosa: --memory: \"" + size + "\" is not for java -jar", parse(NO_ENV, "--memory=" + size));
        assertBad("prosa: PROSA_MEMORY: \"" + size + "\" is not for", parse(Map.of("PROSA_MEMORY", size)));
    }

    @Test
    void aDataDirThatIsAFileIsRefused(@TempDir Path dir) throws IOException {
        Path file = Files.createFile(dir.resolve("file"));
        assertBad("prosa: --data-dir: \"", parse(NO_ENV, "--data-dir", file.toString()));
        assertEquals(dir, run(NO_ENV, "--data-dir", dir.toString()).dataDir());
        assertEquals(
                dir.resolve("new"),
                run(NO_ENV, "--data-dir", dir.resolve("new").toString()).dataDir());
    }

    /** As a shell writes it, where none has read it. */
    @Test
    void aTildeIsTheHomeFolder() {
        Map<String, String> env = Map.of("HOME", "/home/ana");
        assertEquals(Path.of("/home/ana/chat"), run(env, "--data-dir=~/chat").dataDir());
        assertEquals(Path.of("/home/ana"), run(env, "--data-dir", "~").dataDir());
        assertEquals(Path.of("./~/chat"), run(env, "--data-dir", "./~/chat").dataDir());
        assertEquals(Path.of("a~"), run(env, "--data-dir", "a~").dataDir());
        assertEquals(
                Path.of("/home/ana/chat"),
                run(Map.of("HOME", "/home/ana", "PROSA_DATA_DIR", "~/chat")).dataDir());
        assertEquals(
                Path.of(System.getProperty("user.home"), "chat"),
                run(NO_ENV, "--data-dir", "~/chat").dataDir());
        assertBad("prosa: --data-dir: \"~bia/chat\" is in somebody's home folder", parse(env, "--data-dir=~bia/chat"));
        assertBad(
                "prosa: --data-dir: \"~/chat\" is in the home folder, and nobody knows",
                parse(Map.of("HOME", "?"), "--data-dir=~/chat"));
    }

    @Test
    void whatIsNoOptionIsNamed() {
        assertBad("prosa: --port: no such option, see --help", parse(NO_ENV, "--port", "1"));
        assertBad("prosa: --http=1: no such option, see --help", parse(NO_ENV, "--http=1"));
        assertBad("prosa: start: no such option, see --help", parse(NO_ENV, "start"));
        assertBad("prosa: @args: no such option, see --help", parse(NO_ENV, "@args"));
        assertBad("prosa: -v: no such option, see --help", parse(NO_ENV, "-v"));
    }

    @Test
    void anOptionWithoutItsValueGivenTwiceOrWithAValueTooManyIsNamed() {
        assertBad("prosa: --lang: a value is missing", parse(NO_ENV, "--lang"));
        assertBad("prosa: --http-port: a value is missing", parse(NO_ENV, "--http-port", "--tcp-port", "1"));
        assertBad("prosa: --lang: given twice", parse(NO_ENV, "--lang", "en", "--lang=pt"));
        for (Option option : Option.values()) {
            if (!option.isRepeated()) {
                assertBad(
                        "prosa: " + option.flag() + ": given twice",
                        parse(NO_ENV, option.flag(), "x", option.flag(), "y"));
            }
        }
        assertBad("prosa: --help: takes no value", parse(NO_ENV, "--help=me"));
    }

    @Test
    void aBadOptionStaysOneShortLineWhateverItHolds() {
        assertBad("prosa: --lang: \"a\uFFFDb\uFFFD[31m\uFFFD\" is n", parse(NO_ENV, "--lang", "a\nb\u001b[31m\u2028"));
        String line = assertBad("prosa: " + "x".repeat(80) + "…: ", parse(NO_ENV, "x".repeat(10_000)));
        assertTrue(line.length() < 120, line);
    }

    @ParameterizedTest
    @CsvSource({"en, Usage", "pt, Uso"})
    void helpIsOneScreenWithALineForEachOption(String lang, String usage) {
        String help = print(NO_ENV, "--help", "--lang", lang);
        assertEquals(help, print(Map.of("PROSA_LANG", lang), "--help"));
        assertTrue(help.startsWith(usage + ": ./prosa ["), help);
        for (Option option : Option.values()) {
            List<String> lines = help.lines()
                    .filter(line -> line.startsWith("      " + option.flag() + "="))
                    .toList();
            assertEquals(1, lines.size(), option.flag());
            assertTrue(lines.getFirst().endsWith("]") || option.fallback.isEmpty(), lines::toString);
        }
        for (String fallback : List.of("8080", "2323", "9090", "localhost", "data", "sqlite", "8443", "2324", "180")) {
            assertTrue(help.contains(" [" + fallback + "]\n"), fallback);
        }
        for (Subcommand subcommand : Subcommand.values()) {
            assertTrue(help.contains("\n  " + subcommand.word() + " "), subcommand::word);
        }
        assertTrue(help.contains("\n      --help") && help.contains("\n      --version"), help);
        assertTrue(help.contains("PROSA_HTTP_PORT"), help);
        assertTrue(help.lines().count() <= 48, help);
        assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
        assertFalse(help.endsWith("\n"));
    }

    @Test
    void helpHasTheGroupsThatPeopleLookFor() {
        List<String> headings = print(NO_ENV, "--help", "--lang", "en")
                .lines()
                .filter(line -> line.matches("[A-Z].*") && !line.startsWith("Usage"))
                .toList();
        for (String group : List.of(
                "Where it listens",
                "Encrypted",
                "Who comes in",
                "Behind a proxy",
                "History and data",
                "Limits",
                "The lab",
                "Commands")) {
            assertEquals(
                    1, headings.stream().filter(line -> line.startsWith(group)).count(), group);
        }
    }

    /** What shells are told to complete a value with. */
    @Test
    void eachWordThatIsOfferedAsAValueIsOne() {
        for (Option option : Option.values()) {
            for (String word : option.candidates()) {
                List<String> line =
                        option == Option.TLS || word.equals("redirect") || option.group == Option.Group.ENCRYPTED
                                ? List.of("--tls=self")
                                : List.of();
                List<String> args = Stream.concat(line.stream(), Stream.of(option.flag() + "=" + word))
                        .distinct()
                        .toList();
                assertInstanceOf(Parsed.Run.class, Options.parse(args, NO_ENV), args::toString);
            }
        }
    }

    @Test
    void helpIsGivenWhateverElseIsWrong() {
        String help = print(NO_ENV, "--help");
        assertEquals(help, print(Map.of("PROSA_LANG", "x"), "--help"));
        assertEquals(help, print(NO_ENV, "--lang", "x", "--nonsense", "--help"));
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertTrue(
                print(NO_ENV, "--version").matches("prosa \\d+\\.\\d+\\.\\d+ \\(([0-9a-f]{7}(, changed)?|unknown)\\)"),
                print(NO_ENV, "--version"));
    }

    @Test
    void claimsLastAsLongAsAsked() {
        assertEquals(180, run(NO_ENV).claimDays());
        assertEquals(1, run(NO_ENV, "--claim-days", "1").claimDays());
        assertEquals(9_999, run(Map.of("PROSA_CLAIM_DAYS", "9999")).claimDays());
    }

    @Test
    void optionsDoNotExistWithAPortThatIsNone() {
        Options good = run(NO_ENV);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Options(
                        65_536,
                        0,
                        Optional.empty(),
                        0,
                        good.bind(),
                        good.dataDir(),
                        good.history(),
                        good.language(),
                        true));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Options(
                        0,
                        -1,
                        Optional.empty(),
                        0,
                        good.bind(),
                        good.dataDir(),
                        good.history(),
                        good.language(),
                        true));
        assertThrows(IllegalArgumentException.class, () -> new TutorialPort(-1, true));
    }

    @Test
    void optionsDoNotExistWithoutAnOpenPortOrWithARedirectToNowhere() {
        Options good = run(NO_ENV);
        Tls noHttps = new Tls(new Tls.Certificate.Self(), OptionalInt.empty(), OptionalInt.of(0));
        Tls nothing = new Tls(new Tls.Certificate.Self(), OptionalInt.empty(), OptionalInt.empty());
        assertThrows(
                IllegalArgumentException.class,
                () -> with(good, new HttpPort.Off(), OptionalInt.empty(), Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> with(good, new HttpPort.Off(), OptionalInt.empty(), Optional.of(nothing)));
        assertThrows(
                IllegalArgumentException.class,
                () -> with(good, new HttpPort.Redirect(0), OptionalInt.of(0), Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> with(good, new HttpPort.Redirect(0), OptionalInt.of(0), Optional.of(noHttps)));
        assertEquals(
                Optional.of(noHttps),
                with(good, new HttpPort.Off(), OptionalInt.empty(), Optional.of(noHttps))
                        .tls());
        assertThrows(IllegalArgumentException.class, () -> new HttpPort.Open(65_536));
        assertThrows(IllegalArgumentException.class, () -> new HttpPort.Redirect(-1));
    }

    private static Options with(Options good, HttpPort http, OptionalInt tcp, Optional<Tls> tls) {
        return new Options(
                http,
                tcp,
                tls,
                good.tutorialPort(),
                good.labPort(),
                good.bind(),
                good.dataDir(),
                good.history(),
                good.language(),
                good.ioUring());
    }

    private static Parsed parse(Map<String, String> env, String... args) {
        return Options.parse(List.of(args), env);
    }

    private static Options run(Map<String, String> env, String... args) {
        Parsed parsed = parse(env, args);
        return assertInstanceOf(Parsed.Run.class, parsed, parsed::toString).options();
    }

    private static String print(Map<String, String> env, String... args) {
        Parsed parsed = parse(env, args);
        return assertInstanceOf(Parsed.Print.class, parsed, parsed::toString).text();
    }

    private static String assertBad(String start, Parsed parsed) {
        String line =
                assertInstanceOf(Parsed.Bad.class, parsed, parsed::toString).line();
        assertTrue(line.startsWith(start), line);
        assertEquals(1, line.lines().count(), line);
        return line;
    }
}
