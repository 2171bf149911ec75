package prosa.bootstrap.manual;

import java.util.List;
import prosa.bootstrap.manual.Manual.Block;
import prosa.bootstrap.manual.Manual.Item;
import prosa.bootstrap.manual.Manual.Paragraph;
import prosa.bootstrap.manual.Manual.Part;
import prosa.bootstrap.manual.Manual.Section;
import prosa.bootstrap.manual.Manual.Typed;

/** A manual for where there is no {@code man}: text in 80 columns. */
public final class PlainText {
    private static final int WIDTH = 80;
    private static final int PART = 2;
    private static final int TEXT = 4;
    private static final int ITEM = 8;

    private final StringBuilder page = new StringBuilder();

    private PlainText() {}

    /** The whole page, which ends with a line break. */
    public static String of(Manual manual) {
        PlainText text = new PlainText();
        for (Section section : manual.sections()) {
            text.line(0, section.heading());
            section.blocks().forEach(text::block);
            text.end();
        }
        return text.page
                .append(manual.name())
                .append(' ')
                .append(manual.version())
                .append('\n')
                .toString();
    }

    private void block(Block block) {
        switch (block) {
            case Part(String heading) -> line(PART, heading);
            case Paragraph(String text) -> {
                wrapped(TEXT, text);
                end();
            }
            case Item(String term, List<String> paragraphs) -> {
                line(TEXT, term);
                paragraphs.forEach(paragraph -> wrapped(ITEM, paragraph));
            }
            case Typed(List<String> lines) -> lines.forEach(line -> line(TEXT, line));
        }
    }

    private void line(int indent, String line) {
        page.repeat(' ', indent).append(line).append('\n');
    }

    /** One empty line, whatever stands before it. */
    private void end() {
        if (page.length() < 2 || page.charAt(page.length() - 2) != '\n') {
            page.append('\n');
        }
    }

    private void wrapped(int indent, String text) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && indent + line.length() + 1 + word.length() > WIDTH) {
                line(indent, line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        line(indent, line.toString());
    }
}
