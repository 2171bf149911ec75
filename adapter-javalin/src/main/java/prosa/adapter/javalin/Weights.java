package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A header that says what a client wants, and how much (RFC 9110 §12.4.2). Several lines count as one.
 *
 * @param wanted in lower case, in their order
 */
record Weights(List<Wanted> wanted) {
    private static final Pattern WEIGHT = Pattern.compile("q=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)");

    /**
     * One thing that is named.
     *
     * @param weight 0 for what is not wanted
     */
    record Wanted(String name, double weight) {}

    static Weights of(Context request, String header) {
        return of(String.join(",", Collections.list(request.req().getHeaders(header))));
    }

    static Weights of(String header) {
        List<Wanted> wanted = new ArrayList<>();
        for (String element : header.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = element.strip().split("\\s*;\\s*");
            if (!parts[0].isEmpty()) {
                weight(parts).ifPresent(weight -> wanted.add(new Wanted(parts[0], weight)));
            }
        }
        return new Weights(List.copyOf(wanted));
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

    /** How much that is wanted by its own name; empty if it is not named. */
    Optional<Double> named(String name) {
        return wanted.stream()
                .filter(given -> given.name().equals(name))
                .map(Wanted::weight)
                .max(Double::compare);
    }
}
