package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.language.Language;

/** {@code ./prosa completion}, in the shells themselves. */
@Timeout(60)
class CompletionTest {
    /** Calls the function that was registered for {@code prosa}, as bash does when somebody presses tab. */
    private static final String IN_BASH = """
        source ./script; registered=$(complete -p prosa) && function=${registered#*-F }; function=${function%% *}
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
        "$function" 2>/dev/null; printf '%s\\n' "${COMPREPLY[@]}"
        """;

    /** A zsh at a terminal of its own, which zpty is; once it has prompted, what it shows ends with what is typed after the tab. */
    private static final String IN_ZSH = """
        zmodload zsh/zpty; zpty z zsh -f -i
        zpty -w z "PS1=GO; autoload -Uz compinit && compinit -u -D; source ./script; print REA''DY"
        zpty -r -m z shown '*READY*GO*'
        zpty -w -n z "$1"$'\\t'; zpty -w -n z END
        zpty -r -m z shown '*END*'; print -r -- $shown; zpty -d z
        """;

    @TempDir
    Path folder;

    private static String script(String shell) {
        return assertInstanceOf(Parsed.Print.class, Completion.parse(List.of(shell), Map.of()))
                .text();
    }

    private Set<String> bash(String line) throws IOException, InterruptedException {
        Tool bash = new Tool("bash");
        Files.writeString(folder.resolve("script"), script("bash"));
        List<String> args = new ArrayList<>(List.of("--norc", "-c", IN_BASH, "bash"));
        args.addAll(Arrays.asList(line.split(" ", -1)));
        return lines(bash.run(folder, args));
    }

    /** Without what fish says of each. */
    private Set<String> fish(String line) throws IOException, InterruptedException {
        Tool fish = new Tool("fish");
        Files.writeString(folder.resolve("script"), script("fish"));
        Tool.Said said = fish.run(folder, List.of("--no-config", "-c", "source ./script; complete -C '" + line + "'"));
        assertEquals("", said.err());
        return lines(said);
    }

    private static Set<String> lines(Tool.Said said) {
        Set<String> lines = new TreeSet<>();
        said.out()
                .lines()
                .map(line -> line.split("\t", 2)[0])
                .filter(line -> !line.isEmpty())
                .forEach(lines::add);
        return lines;
    }

    /** What is offered, with a space where the last word is empty. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "prosa |compare completion doctor health manual move",
                "prosa comp|compare completion",
                "prosa --his|--history",
                "prosa --history |memory sqlite",
                "prosa --tcp-port |off",
                "prosa --http-port |off redirect",
                "prosa --lang pt --io-uring o|off on",
                "prosa --tls-cert cert|certificate.pem",
                "prosa compare --w|--warm-up --wires --work-dir",
                "prosa compare --wires |long-poll ndjson sse tcp websocket",
                "prosa compare --experiments st|stall",
                "prosa compare --cacert cert|certificate.pem",
                "prosa doctor --p|--patient",
                "prosa doctor --cacert cert|certificate.pem",
                "prosa health --h|--help --http-port --https-port",
                "prosa completion |bash fish zsh",
                "prosa manual --r|--roff",
                "prosa move --f|--from",
                "prosa move --nats-p|--nats-prefix"
            })
    void bashAndFishOfferTheSame(String line, String offered) throws Exception {
        Files.createFile(folder.resolve("certificate.pem"));
        Set<String> expected = new TreeSet<>(List.of(offered.split(" ")));
        assertEquals(expected, bash(line));
        assertEquals(expected, fish(line));
    }

    /** In whatever folder it is called, and for each option and command that there is. */
    @Test
    void eachOptionOfEachCommandIsOffered() throws Exception {
        assertEquals(Set.of("compare"), fish("./prosa compa"));
        Set<String> server = new TreeSet<>(Set.of("--help", "--version"));
        for (Option option : Option.values()) {
            server.add(option.flag());
        }
        assertEquals(server, bash("prosa --"));
        assertEquals(server, fish("prosa --"));
        for (Subcommand subcommand : Subcommand.values()) {
            Set<String> own = new TreeSet<>();
            subcommand.spec(Language.ENGLISH).options().forEach(option -> own.add(option.longestName()));
            assertEquals(own, bash("prosa " + subcommand.word() + " --"));
            assertEquals(own, fish("prosa " + subcommand.word() + " --"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prosa comple | prosa completion",
                "prosa --his | prosa --history",
                "prosa --history sq | prosa --history sqlite",
                "prosa compare --experiments st | prosa compare --experiments stall"
            })
    void zshCompletes(String line, String completed) throws Exception {
        Tool zsh = new Tool("zsh");
        Files.writeString(folder.resolve("script"), script("zsh"));
        Tool.Said said = zsh.run(folder, List.of("-f", "-c", IN_ZSH, "zsh", line));
        // It shows each letter as it is typed, and goes about the screen: what is left are the words.
        String shown = said.out().replaceAll("\u001b\\[[0-9;?]*[A-Za-z]|[\b\r\n]", "");
        assertTrue(shown.contains(completed), () -> said.out() + said.err());
    }

    @Test
    void whatIsSaidOfAnOptionIsInTheLanguageOfWhoeverAsks() throws Exception {
        new Tool("fish");
        String portuguese = assertInstanceOf(
                        Parsed.Print.class, Completion.parse(List.of("fish", "--lang=pt"), Map.of()))
                .text();
        assertTrue(portuguese.contains(" -l tls-key -r -F -d 'a chave dele em PEM, sem senha'"), portuguese);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | prosa: completion: the shell is missing: bash, zsh, and fish | prosa: completion: falta o shell: bash, zsh e fish",
                "tcsh | prosa: completion: \"tcsh\" is none of bash, zsh, and fish"
                        + " | prosa: completion: \"tcsh\" não está entre bash, zsh e fish",
                "bash --port | prosa: --port: no such option, see completion --help"
                        + " | prosa: --port: essa opção não existe; veja completion --help"
            })
    void whatIsNoShellIsToldInOneLine(String args, String english, String portuguese) {
        List<String> line = args.isEmpty() ? List.of() : List.of(args.split(" "));
        assertEquals(new Parsed.Bad(english), Completion.parse(line, Map.of()));
        assertEquals(new Parsed.Bad(portuguese), Completion.parse(line, Map.of("LANG", "pt_BR.UTF-8")));
    }
}
