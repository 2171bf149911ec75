package prosa.bootstrap.examples;

import java.util.List;

/**
 * What stands in a document between two fences.
 *
 * @param document its file's name
 * @param line that of the opening fence
 * @param kind the word behind the fence: {@code console} is run
 * @param before what happens first and is not shown: the lines of a comment {@code <!-- before ... -->} above the fence
 * @param lines what is shown
 */
public record Example(String document, int line, String kind, List<Step> before, List<Step> lines) {
    /** What a document shows to be run. */
    public static final String CONSOLE = "console";

    public Example {
        before = List.copyOf(before);
        lines = List.copyOf(lines);
    }

    public boolean isRun() {
        return kind.equals(CONSOLE);
    }

    /** By this the test's list of what is not run names it. */
    public String beginning() {
        return document + ": " + (lines.isEmpty() ? "" : lines.getFirst().text().strip());
    }

    @Override
    public String toString() {
        return document + ":" + line;
    }
}
