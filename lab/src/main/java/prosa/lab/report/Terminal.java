package prosa.lab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import prosa.lab.figures.Comparison;
import prosa.language.Language;

/** The report as plain text, for a terminal that is at least {@value #WIDTH} columns wide. */
public final class Terminal {
    static final int WIDTH = 120;
    private static final String GAP = "  ";
    private static final int NARROWEST = 6;

    private Terminal() {}

    /** All of it, with a line end at its end. */
    public static String text(Comparison comparison, Language language) {
        Report report = Report.of(comparison, language);
        List<String> lines = new ArrayList<>();
        section(report.summary(), report.words(), lines);
        report.experiments().stream()
                .filter(section -> !section.table().rows().isEmpty())
                .forEach(section -> section(section, report.words(), lines));
        if (!report.disturbances().isEmpty()) {
            lines.add(report.words().get("disturbances"));
            report.disturbances().forEach(one -> lines.addAll(wrapped("! " + one, WIDTH)));
            lines.add("");
        }
        section(report.environment(), report.words(), lines);
        lines.removeLast();
        return String.join("\n", lines) + "\n";
    }

    private static void section(Section section, Words words, List<String> lines) {
        lines.add(section.title());
        lines.add("");
        if (section.table().rows().isEmpty()) {
            lines.add(words.get("unmeasured"));
        } else {
            table(section.table(), lines);
        }
        if (!section.notes().isEmpty()) {
            lines.add("");
        }
        section.notes().forEach(note -> lines.addAll(wrapped(note, WIDTH)));
        lines.add("");
    }

    private static void table(Table table, List<String> lines) {
        int[] widths = widths(table);
        row(table, table.columns().stream().map(Table.Column::name).toList(), widths, lines);
        lines.add("-".repeat(Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1)));
        table.rows().forEach(row -> row(table, row, widths, lines));
    }

    /**
     * Each as wide as what stands in it. If all together are too wide, the widest gives way, again and again: first of those that need
     * no word broken, nor a number parted from its unit, then of all.
     */
    private static int[] widths(Table table) {
        int count = table.columns().size();
        int[] widths =
                IntStream.range(0, count).map(column -> longest(table, column)).toArray();
        int[] whole =
                IntStream.range(0, count).map(column -> needed(table, column)).toArray();
        int room = WIDTH - GAP.length() * (count - 1);
        shrink(widths, whole, room);
        shrink(widths, new int[count], room);
        return widths;
    }

    private static void shrink(int[] widths, int[] least, int room) {
        while (Arrays.stream(widths).sum() > room) {
            OptionalInt widest = IntStream.range(0, widths.length)
                    .filter(column -> widths[column] > Math.max(NARROWEST, least[column]))
                    .reduce((a, b) -> widths[b] > widths[a] ? b : a);
            if (widest.isEmpty()) {
                return;
            }
            widths[widest.getAsInt()]--;
        }
    }

    private static int needed(Table table, int column) {
        boolean number = table.columns().get(column).number();
        Stream<String> cells =
                table.rows().stream().flatMap(row -> row.get(column).lines());
        Stream<String> words = Stream.concat(
                Stream.of(table.columns().get(column).name()).flatMap(Terminal::words),
                number ? cells : cells.flatMap(Terminal::words));
        return words.mapToInt(Terminal::width).max().orElse(0);
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split(" "));
    }

    private static int longest(Table table, int column) {
        int longest = table.rows().stream()
                .flatMap(row -> row.get(column).lines())
                .mapToInt(Terminal::width)
                .max()
                .orElse(0);
        return Math.max(longest, width(table.columns().get(column).name()));
    }

    private static void row(Table table, List<String> cells, int[] widths, List<String> lines) {
        List<List<String>> wrapped = IntStream.range(0, widths.length)
                .mapToObj(column -> wrapped(cells.get(column), widths[column]))
                .toList();
        int height = wrapped.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < height; i++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell =
                        i < wrapped.get(column).size() ? wrapped.get(column).get(i) : "";
                String blanks = " ".repeat(Math.max(0, widths[column] - width(cell)));
                boolean number = table.columns().get(column).number();
                line.append(column == 0 ? "" : GAP).append(number ? blanks + cell : cell + blanks);
            }
            lines.add(line.toString().stripTrailing());
        }
    }

    /** Broken at blanks; a word that is too long is broken where it must be. At least one line. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : plain(text).split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.split(" ", -1)) {
                if (!line.isEmpty() && width(line) + 1 + width(word) > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
                while (width(line) > width) {
                    int end = line.offsetByCodePoints(0, width);
                    lines.add(line.substring(0, end));
                    line.delete(0, end);
                }
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** What a server answered may stand in a cell: nothing in it may command the terminal. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}&&[^\n]]", "\uFFFD");
    }

    private static int width(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }
}
