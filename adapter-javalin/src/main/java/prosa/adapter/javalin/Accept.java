package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Which kinds of answer a client wants (RFC 9110 §12.5.1). An empty header counts as none.
 *
 * @param ranges such as {@code text/html}, {@code text/*} or {@code *}{@code /*}
 */
record Accept(Weights ranges) {
    Accept {
        ranges = new Weights(ranges.wanted().stream()
                .filter(range -> range.name().contains("/"))
                .toList());
    }

    static Accept of(Context request) {
        return new Accept(Weights.of(request, "Accept"));
    }

    static Accept of(HttpFields head) {
        return of(String.join(",", head.getValuesList(HttpHeader.ACCEPT)));
    }

    static Accept of(String header) {
        return new Accept(Weights.of(header));
    }

    /** How much it is wanted: as the range says that fits most closely, and fully if nothing is said at all. */
    double weight(String type) {
        if (ranges.wanted().isEmpty()) {
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
        return ranges.named(range);
    }
}
