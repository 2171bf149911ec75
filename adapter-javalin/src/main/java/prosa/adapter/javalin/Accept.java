package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which kinds of answer a client wants, and how much (RFC 9110 §12.4.2, §12.5.1). Several lines count as one; an empty one as none. */
record Accept(List<Range> ranges) {
    private static final Pattern WEIGHT = Pattern.compile("q=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)");

    /**
     * One kind, or many.
     *
     * @param type such as {@code text/html}, {@code text/*} or {@code *}{@code /*}
     * @param weight 0 for what is not wanted
     */
    record Range(String type, double weight) {}

    static Accept of(Context request) {
        return of(String.join(",", Collections.list(request.req().getHeaders("Accept"))));
    }

    static Accept of(String header) {
        List<Range> ranges = new ArrayList<>();
        for (String element : header.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = element.strip().split("\\s*;\\s*");
            if (parts[0].contains("/")) {
                weight(parts).ifPresent(weight -> ranges.add(new Range(parts[0], weight)));
            }
        }
        return new Accept(List.copyOf(ranges));
    }

    /** Of an element whose weight can't be read nothing can be told. */
    private static Optional<Double> weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].startsWith("q=")) {
                var weight = WEIGHT.matcher(parts[i]);
                return weight.matches() ? Optional.of(Double.parseDouble(weight.group(1))) : Optional.empty();
            }
        }
        return Optional.of(1.0);
    }

    /** How much it is wanted: as the range says that fits most closely, and fully if nothing is said at all. */
    double weight(String type) {
        if (ranges.isEmpty()) {
            return 1;
        }
        String group = type.substring(0, type.indexOf('/')) + "/*";
        return named(type).or(() -> named(group)).or(() -> named("*/*")).orElse(0.0);
    }

    /** Whether it is wanted by its own name, and no less than the other. */
    boolean prefers(String type, String other) {
        double weight = named(type).orElse(0.0);
        return weight > 0 && weight >= weight(other);
    }

    private Optional<Double> named(String range) {
        return ranges.stream()
                .filter(given -> given.type().equals(range))
                .map(Range::weight)
                .max(Double::compare);
    }
}
