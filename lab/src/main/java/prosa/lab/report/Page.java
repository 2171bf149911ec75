package prosa.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import prosa.lab.figures.Comparison;
import prosa.language.Language;
import tools.jackson.databind.json.JsonMapper;

/**
 * The report as an HTML page that stands on its own: styles, script, the plot library and all figures are in it, and its content
 * security policy forbids it to load anything. It holds both languages and shows one.
 */
public final class Page {
    private static final String WEBJAR =
            "/META-INF/resources/webjars/uplot/" + resource("uplot.txt").strip() + "/";
    private static final Pattern PLACE = Pattern.compile("@([a-z-]+)@");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Page() {}

    /**
     * Replaces what is there.
     *
     * @param first the language that is shown until the reader chooses
     */
    public static void write(Comparison comparison, Language first, Path file) throws IOException {
        Files.writeString(file, text(comparison, first));
    }

    static String text(Comparison comparison, Language first) {
        Map<String, Map<String, List<Plot>>> plots = new LinkedHashMap<>();
        StringBuilder body = new StringBuilder();
        for (Language language : Language.values()) {
            Report report = Report.of(comparison, language);
            plots.put(
                    language.tag(), report.sections().stream().collect(Collectors.toMap(Section::id, Section::plots)));
            body.append(new PageBody(report, language == first).html());
        }
        Map<String, String> parts = Map.of(
                "lang", first.tag(),
                "title", PageBody.escaped(Words.of(first).get("title")),
                "plot-licence", resource(WEBJAR + "LICENSE"),
                "plot-style", resource(WEBJAR + "dist/uPlot.min.css"),
                "plot-script", resource(WEBJAR + "dist/uPlot.iife.min.js"),
                "style", resource("report.css"),
                "script", resource("report.js"),
                "plots", inScript(JSON.writeValueAsString(plots)),
                "body", body.toString());
        // In one pass: what is put in is not looked through for places.
        return PLACE.matcher(resource("report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(Objects.requireNonNull(parts.get(place.group(1)))));
    }

    /** Nothing in it can end the script element that it stands in. */
    private static String inScript(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String resource(String name) {
        try (InputStream from = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
            return new String(from.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
