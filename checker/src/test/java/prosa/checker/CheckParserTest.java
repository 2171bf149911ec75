package prosa.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.checker.CheckOptions.Parsed;
import prosa.checker.judgement.Sentence;
import prosa.checker.run.Fault;

/** What the command line comes to, and that the document tells of all of it. */
class CheckParserTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "checker.md");

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void makeJar() throws Exception {
        jar = Files.createFile(folder.resolve("prosa.jar"));
    }

    private Parsed parse(String... args) {
        Stream<String> always = Stream.of(
                "--prosa", jar.toString(), "--folder", folder.resolve("new").toString());
        return CheckParser.parse(Stream.concat(always, Stream.of(args)).toList());
    }

    private CheckOptions options(String... args) {
        return assertInstanceOf(Parsed.Run.class, parse(args)).options();
    }

    private String bad(String... args) {
        return assertInstanceOf(Parsed.Bad.class, parse(args)).why();
    }

    @Test
    void onOneMachineAllFaultsAreMadeOnceThatArePossibleThere() {
        CheckOptions options = options();
        assertEquals(0, options.engines());
        assertEquals(1, options.rounds());
        assertTrue(options.faults().containsAll(List.of(Fault.KILL, Fault.CUT, Fault.STALL, Fault.RESTART)));
        assertFalse(options.faults().contains(Fault.LEADER));
        assertFalse(options.faults().contains(Fault.NONE));
    }

    @Test
    void onSeveralNodesThereAreThreeEnginesAndAllFaults() {
        CheckOptions options = options("--history", "nats", "--rounds", "10");
        assertEquals(3, options.engines());
        assertEquals(10, options.rounds());
        assertEquals(Fault.values().length - 1, options.faults().size());
        assertEquals(1, options("--history", "nats", "--engines", "1").engines());
    }

    @Test
    void faultsAreMadeInTheOrderInWhichTheyAreAskedFor() {
        assertEquals(
                List.of(Fault.STALL, Fault.CUT), options("--fault", "stall,cut").faults());
    }

    @Test
    void atNodesThatRunAlreadyOnlyTheWayIsTouched() {
        CheckOptions options =
                options("--node", "http://127.0.0.1:8080,tcp://127.0.0.1:2323", "--node", "http://[::1]");
        assertEquals(List.of(Fault.CUT, Fault.STALL, Fault.VANISH), options.faults());
        assertEquals(
                List.of(true, false),
                options.nodes().stream().map(node -> node.tcp().isPresent()).toList());
        assertEquals("--fault kill: not possible here", bad("--node", "http://127.0.0.1:8080", "--fault", "kill"));
    }

    @Test
    void whatCanNotBeDoneIsToldInOneLine() {
        assertEquals("--fault flood: there is no such fault", bad("--fault", "flood"));
        assertEquals("--fault leader: not possible here", bad("--fault", "leader"));
        assertEquals("--rounds 0: a number from 1 to 999999", bad("--rounds", "0"));
        assertEquals("--history paper: sqlite or nats", bad("--history", "paper"));
        assertTrue(bad("--node", "ftp://127.0.0.1").startsWith("no address of HTTP: "));
        assertTrue(bad("--node", "http://127.0.0.1/below").startsWith("not the addresses of one node: "));
        assertTrue(bad("--frob").contains("--frob"));
    }

    @Test
    void anUpgradeLeadsToTheSecondOfTwo() throws Exception {
        assertEquals(options().prosa(), options().next());
        Path other = Files.createFile(folder.resolve("other.jar"));
        CheckOptions options = assertInstanceOf(
                        Parsed.Run.class, CheckParser.parse(List.of("--history", "nats", "--prosa", jar + "," + other)))
                .options();
        assertEquals(jar.toString(), options.prosa().getLast());
        assertEquals(other.toString(), options.next().getLast());
        for (String jars : List.of(jar + ",", "," + jar, jar + "," + other + "," + jar)) {
            assertInstanceOf(Parsed.Bad.class, CheckParser.parse(List.of("--prosa", jars)), jars);
        }
    }

    @Test
    void aFolderWithSomethingInItIsNotTouched() throws Exception {
        Files.createFile(Files.createDirectory(folder.resolve("new")).resolve("file"));
        assertTrue(bad().endsWith("new: is not empty"), bad());
    }

    @Test
    void theDocumentHasEachFaultAndEachSentence() throws Exception {
        String document = Files.readString(DOCUMENT);
        for (Fault fault : Fault.values()) {
            assertTrue(document.contains("| `" + fault.id() + "` |"), fault.id());
        }
        for (Sentence sentence : Sentence.values()) {
            assertTrue(document.contains("| " + sentence.words() + " |"), sentence.words());
        }
    }

    @Test
    void theHelpHasEachFault() {
        String help = assertInstanceOf(Parsed.Print.class, parse("--help")).text();
        for (Fault fault : Fault.values()) {
            assertTrue(help.contains("  " + fault.id() + ": "), help);
        }
    }
}
