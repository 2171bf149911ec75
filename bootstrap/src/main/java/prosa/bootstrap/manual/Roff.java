package prosa.bootstrap.manual;

import java.util.List;
import java.util.Locale;
import prosa.bootstrap.manual.Manual.Block;
import prosa.bootstrap.manual.Manual.Item;
import prosa.bootstrap.manual.Manual.Paragraph;
import prosa.bootstrap.manual.Manual.Part;
import prosa.bootstrap.manual.Manual.Section;
import prosa.bootstrap.manual.Manual.Typed;

/** A manual as {@code man} reads it: the macros of man(7), and ASCII alone, so that neither groff nor mandoc need be told an encoding. */
public final class Roff {
    private static final int WIDTH = 78;
    private static final int LAST_ASCII = '~';

    private final StringBuilder page = new StringBuilder();

    private Roff() {}

    /** The whole page, which ends with a line break. */
    public static String of(Manual manual) {
        Roff roff = new Roff();
        String name = manual.name();
        // Without a date: it would be that of the build, and two builds would differ.
        roff.line(
                ".TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" \"" + escaped(name + " " + manual.version()) + "\"");
        for (Section section : manual.sections()) {
            roff.line(".SH \"" + escaped(section.heading()) + "\"");
            roff.blocks(section.blocks());
        }
        return roff.page.toString();
    }

    private void line(String line) {
        page.append(line).append('\n');
    }

    /** A heading makes space by itself, and a paragraph macro right behind one does nothing, of which both would warn. */
    private void blocks(List<Block> blocks) {
        boolean first = true;
        for (Block block : blocks) {
            switch (block) {
                case Part(String heading) -> line(".SS \"" + escaped(heading) + "\"");
                case Paragraph(String text) -> {
                    if (!first) {
                        line(".PP");
                    }
                    text(text);
                }
                case Item(String term, List<String> paragraphs) -> item(term, paragraphs);
                case Typed(List<String> lines) -> typed(lines);
            }
            first = block instanceof Part;
        }
    }

    private void item(String term, List<String> paragraphs) {
        line(".TP");
        line("\\fB" + escaped(term) + "\\fR");
        for (int i = 0; i < paragraphs.size(); i++) {
            if (i > 0) {
                line(".IP");
            }
            text(paragraphs.get(i));
        }
    }

    private void typed(List<String> lines) {
        line(".nf");
        lines.forEach(typed -> line(guarded(escaped(typed))));
        line(".fi");
    }

    /** In lines that a person can read, too; man fills them anew. */
    private void text(String text) {
        StringBuilder line = new StringBuilder();
        for (String word : escaped(text).split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                line(guarded(line.toString()));
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        line(guarded(line.toString()));
    }

    /** A line that begins with a dot would be a macro. */
    private static String guarded(String line) {
        return line.startsWith(".") ? "\\&" + line : line;
    }

    /** A bare hyphen would be printed as one that can't be copied to a command line. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '"' -> escaped.append("\\(dq");
                case '\'' -> escaped.append("\\(aq");
                case '~' -> escaped.append("\\(ti");
                case '^' -> escaped.append("\\(ha");
                case '`' -> escaped.append("\\(ga");
                default -> {
                    if (c > LAST_ASCII) {
                        escaped.append("\\[u%04X]".formatted(c));
                    } else {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }
}
