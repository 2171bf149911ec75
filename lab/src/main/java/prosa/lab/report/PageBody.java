package prosa.lab.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import prosa.lab.Wire;
import prosa.language.Language;

/** What is seen of the page, in one language. All text goes through {@link #escaped}. */
final class PageBody {
    /** Which sections answer the questions of the course, in the order in which one would tell it. */
    private static final List<String> ABOUT_SOCKETS = List.of(
            "connect",
            "down",
            "unicode",
            "up",
            "latency",
            "cut",
            "vanished",
            "stall",
            "buffering-proxy",
            "auth",
            "six-feeds",
            "browser",
            "cpu",
            "memory");

    private static final List<String> ABOUT_EVENTSOURCE =
            List.of("auth", "up", "six-feeds", "browser", "cut", "vanished", "buffering-proxy", "unicode", "stall");

    /** Tables with more columns than these have no room beside a plot, and stand below. */
    private static final int WIDE = 6;

    private final Report report;
    private final Words words;
    private final String code;
    private final boolean shown;

    PageBody(Report report, boolean shown) {
        this.report = report;
        this.words = report.words();
        this.code = words.language().tag();
        this.shown = shown;
    }

    String html() {
        return """
                <div class="report" lang="%s"%s>
                <header>
                <div class="controls">%s</div>
                <h1>%s</h1>
                <p class="lead">%s</p>
                %s</header>
                <main>
                %s%s%s%s%s</main>
                </div>
                """.formatted(
                        code,
                        shown ? "" : " hidden",
                        controls(),
                        text("title"),
                        text("lead"),
                        disturbances(),
                        contents(),
                        wires(),
                        answers("sockets", ABOUT_SOCKETS),
                        answers("eventsource", ABOUT_EVENTSOURCE),
                        report.sections().stream().map(this::section).collect(Collectors.joining()));
    }

    /** What an HTML reader would take for more than text. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private String text(String key) {
        return escaped(words.get(key));
    }

    private String anchor(String section) {
        return code + "-" + section;
    }

    private String controls() {
        String languages = Stream.of(Language.values())
                .map(language ->
                        "<button type=\"button\" data-language=\"%s\" lang=\"%s\" aria-pressed=\"%s\">%s</button>\n"
                                .formatted(
                                        language.tag(),
                                        language.tag(),
                                        language == words.language(),
                                        escaped(language.locale().getDisplayLanguage(language.locale()))))
                .collect(Collectors.joining());
        String themes = Stream.of("auto", "light", "dark")
                .map(theme -> "<option value=\"%s\">%s</option>".formatted(theme, text("theme." + theme)))
                .collect(Collectors.joining());
        return """
                <span role="group" aria-label="%s">%s</span>
                <label>%s <select name="theme" class="theme">%s</select></label>
                """.formatted(text("language"), languages, text("theme"), themes);
    }

    private String disturbances() {
        if (report.disturbances().isEmpty()) {
            return "";
        }
        return "<div class=\"disturbances\" role=\"note\"><p>%s</p><ul>%s</ul></div>\n"
                .formatted(
                        text("disturbances"),
                        report.disturbances().stream()
                                .map(one -> "<li>" + escaped(one) + "</li>")
                                .collect(Collectors.joining()));
    }

    private String contents() {
        return "<nav aria-label=\"%s\"><ol>%s</ol></nav>\n"
                .formatted(
                        text("contents"),
                        report.sections().stream()
                                .map(section -> "<li><a href=\"#%s\">%s</a></li>\n"
                                        .formatted(anchor(section.id()), escaped(section.title())))
                                .collect(Collectors.joining()));
    }

    private String wires() {
        return "<section><h2>%s</h2><dl class=\"wires\">\n%s</dl></section>\n"
                .formatted(
                        text("wires"),
                        Stream.of(Wire.values())
                                .map(wire -> "<dt>%s</dt><dd>%s</dd>\n"
                                        .formatted(escaped(words.wire(wire)), text("wires." + wire.id())))
                                .collect(Collectors.joining()));
    }

    private String gist(String id) {
        return report.sections().stream()
                .filter(section -> section.id().equals(id) && !section.gist().isEmpty())
                .map(section -> "<span class=\"gist\">" + escaped(section.gist()) + "</span> ")
                .collect(Collectors.joining());
    }

    private String answers(String question, List<String> sections) {
        return "<section><h2>%s</h2><ul class=\"answers\">\n%s</ul></section>\n"
                .formatted(
                        text("question." + question),
                        sections.stream()
                                .map(id -> "<li>%s %s<a href=\"#%s\">%s</a></li>\n"
                                        .formatted(
                                                text("answer." + question + "." + id),
                                                gist(id),
                                                anchor(id),
                                                text("section." + id)))
                                .collect(Collectors.joining()));
    }

    private String section(Section section) {
        boolean plotted = !section.plots().isEmpty();
        boolean wide = section.table().columns().size() > WIDE;
        return """
                <section id="%s" data-section="%s">
                <h2>%s</h2>
                <p>%s</p>
                <div class="figures%s">
                %s%s</div>
                %s<p class="command">%s <code>%s</code></p>
                </section>
                """.formatted(
                        anchor(section.id()),
                        escaped(section.id()),
                        escaped(section.title()),
                        escaped(section.about()),
                        wide ? " wide" : plotted ? " plotted" : "",
                        plotted ? plots(section) : "",
                        table(section),
                        section.notes().stream()
                                .map(note -> "<p class=\"note\">" + escaped(note) + "</p>\n")
                                .collect(Collectors.joining()),
                        text("command"),
                        escaped(section.command()));
    }

    /** Empty places, which the script fills once they are seen. */
    private String plots(Section section) {
        return "<div class=\"plots\">%s</div>\n"
                .formatted(IntStream.range(0, section.plots().size())
                        .mapToObj(i -> {
                            String title = section.plots().get(i).title();
                            return "<figure><figcaption>%s</figcaption><div class=\"plot\" role=\"img\" aria-label=\"%s\" data-plot=\"%d\"></div></figure>"
                                    .formatted(escaped(title), escaped(words.get("plotOf", title)), i);
                        })
                        .collect(Collectors.joining()));
    }

    private String table(Section section) {
        Table table = section.table();
        if (table.rows().isEmpty()) {
            return "<p class=\"unmeasured\">" + text("unmeasured") + "</p>\n";
        }
        String head = table.columns().stream()
                .map(column -> "<th scope=\"col\"%s>%s</th>".formatted(side(column), escaped(column.name())))
                .collect(Collectors.joining());
        String rows = table.rows().stream()
                .map(row -> "<tr>" + cells(table, row) + "</tr>\n")
                .collect(Collectors.joining());
        return """
                <div class="table">
                <table><caption>%s</caption><thead><tr>%s</tr></thead>
                <tbody>
                %s</tbody></table>
                <button type="button" class="copy" data-copied="%s" data-failed="%s">%s</button>
                </div>
                """.formatted(
                        escaped(words.get("tableOf", section.title())),
                        head,
                        rows,
                        text("copied"),
                        text("copyFailed"),
                        text("copy"));
    }

    private static String cells(Table table, List<String> row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> {
                    String cell = escaped(row.get(i)).replace("\n", "<br>");
                    return i == 0
                            ? "<th scope=\"row\">" + cell + "</th>"
                            : "<td" + side(table.columns().get(i)) + ">" + cell + "</td>";
                })
                .collect(Collectors.joining());
    }

    private static String side(Table.Column column) {
        return column.number() ? " class=\"number\"" : "";
    }
}
