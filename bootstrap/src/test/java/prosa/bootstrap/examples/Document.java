package prosa.bootstrap.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A Markdown document, taken apart: its fenced blocks, and the commands within its sentences. */
public final class Document {
    private static final String FENCE = "```";
    private static final String BEFORE = "<!-- before";
    private static final String END_OF_BEFORE = "-->";
    private static final Pattern COMMAND =
            Pattern.compile("`((?:curl|wscat|telnet|nc|printf|sqlite3|\\./prosa) [^`]+)`");

    private final String name;
    private final List<Example> examples = new ArrayList<>();
    private final List<Example> commands = new ArrayList<>();
    private final List<Integer> indented = new ArrayList<>();
    private List<Step> before = List.of();

    private Document(String name) {
        this.name = name;
    }

    public static Document read(Path file) {
        Document document = new Document(file.getFileName().toString());
        try {
            document.takeApart(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return document;
    }

    /** Its fenced blocks, run or not. */
    public List<Example> examples() {
        return List.copyOf(examples);
    }

    /** The commands within its sentences and tables, each an example of one line. */
    public List<Example> commands() {
        return List.copyOf(commands);
    }

    /** Where a block is made by blanks alone: of those nobody can say whether they are to be run. */
    public List<String> withoutFence() {
        return indented.stream().map(line -> name + ":" + line).toList();
    }

    private void takeApart(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(FENCE)) {
                int end = find(FENCE, lines, i + 1);
                String kind = line.substring(FENCE.length());
                examples.add(new Example(name, i + 1, kind, before, steps(lines, i + 1, end)));
                before = List.of();
                i = end;
            } else if (line.startsWith(BEFORE)) {
                int end = find(END_OF_BEFORE, lines, i + 1);
                before = steps(lines, i + 1, end);
                i = end;
            } else {
                readText(line, i);
            }
        }
    }

    private void readText(String line, int at) {
        if (line.startsWith("    ")) {
            indented.add(at + 1);
        }
        COMMAND.matcher(line)
                .results()
                .map(found -> Step.of("$ " + found.group(1), at + 1))
                .map(step -> new Example(name, at + 1, Example.CONSOLE, List.of(), List.of(step)))
                .forEach(commands::add);
    }

    private int find(String mark, List<String> lines, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).startsWith(mark)) {
                return i;
            }
        }
        throw new AssertionError(name + ":" + from + " has no end");
    }

    private static List<Step> steps(List<String> lines, int from, int to) {
        List<Step> steps = new ArrayList<>();
        for (int i = from; i < to; i++) {
            steps.add(Step.of(lines.get(i), i + 1));
        }
        return steps;
    }
}
