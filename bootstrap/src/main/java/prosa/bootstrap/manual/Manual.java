package prosa.bootstrap.manual;

import java.util.List;

/**
 * A manual page, before it is laid out.
 *
 * @param name of the program
 * @param version of the program
 */
public record Manual(String name, String version, List<Section> sections) {
    public Manual {
        sections = List.copyOf(sections);
    }

    /** With its heading, which is in capitals. */
    public record Section(String heading, List<Block> blocks) {
        public Section {
            blocks = List.copyOf(blocks);
        }
    }

    /** What stands below another in a section. */
    public sealed interface Block {}

    /** The heading of a part of a section. */
    public record Part(String heading) implements Block {}

    /** Running text. */
    public record Paragraph(String text) implements Block {}

    /** A word, such as an option, and what is said of it. */
    public record Item(String term, List<String> paragraphs) implements Block {
        public Item {
            paragraphs = List.copyOf(paragraphs);
        }
    }

    /** What is typed, as it stands. */
    public record Typed(List<String> lines) implements Block {
        public Typed {
            lines = List.copyOf(lines);
        }
    }
}
