package prosa.lab.report;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import prosa.lab.figures.Cost;
import prosa.lab.figures.Latency;
import prosa.lab.figures.Traffic;
import prosa.lab.figures.Vanished.Notice;
import prosa.lab.figures.WireFigures;

/** Each figure of a wire as it is written in a table. What was not measured says so. */
final class WireCells {
    /** Before a number that is an estimate, not a count. */
    private static final String ABOUT = "~ ";

    private final Words words;

    WireCells(Words words) {
        this.words = words;
    }

    String connectUp(WireFigures figures) {
        return words.whole(figures.connect().bytesUp());
    }

    String connectDown(WireFigures figures) {
        return words.whole(figures.connect().bytesDown());
    }

    String roundTrips(WireFigures figures) {
        return words.whole(figures.connect().roundTrips());
    }

    /** Of connecting; in both directions. */
    String tls(WireFigures figures) {
        return figures.connect()
                .tls()
                .map(tls -> words.whole(tls.bytesUp() + tls.bytesDown()))
                .orElseGet(this::unmeasured);
    }

    String payload(Traffic traffic) {
        return ifAny(traffic, words.number(traffic.payload()));
    }

    String envelope(Traffic traffic) {
        return ifAny(traffic, words.number(traffic.envelope()));
    }

    String framing(Traffic traffic) {
        return ifAny(traffic, words.number(traffic.framing()));
    }

    String back(Traffic traffic) {
        return ifAny(traffic, words.number(traffic.back()));
    }

    String tls(Traffic traffic) {
        return ifAny(
                traffic,
                traffic.tls().map(tls -> words.number(tls.along() + tls.back())).orElseGet(this::unmeasured));
    }

    String headers(Traffic traffic) {
        return ifAny(
                traffic,
                traffic.headers()
                        .map(headers -> about(headers) + words.number(headers.along() + headers.back()))
                        .orElseGet(this::unmeasured));
    }

    /** At least so many, where nothing is known of the headers. */
    String total(Traffic traffic) {
        return ifAny(traffic, traffic.headers().map(WireCells::about).orElse("≥ ") + words.number(traffic.total()));
    }

    private static String about(Traffic.Headers headers) {
        return switch (headers.source()) {
            case KERNEL -> "";
            case ESTIMATED -> ABOUT;
        };
    }

    private String ifAny(Traffic traffic, String cell) {
        return traffic.messages() == 0 ? unmeasured() : cell;
    }

    String p50(Latency latency) {
        return latency(latency, latency.p50());
    }

    String p90(Latency latency) {
        return latency(latency, latency.p90());
    }

    String p99(Latency latency) {
        return latency(latency, latency.p99());
    }

    String max(Latency latency) {
        return latency(latency, latency.max());
    }

    private String latency(Latency latency, long micros) {
        return latency.count() == 0 ? unmeasured() : words.millis(micros);
    }

    String cpu(WireFigures figures) {
        return cpu(figures.cost().cpuMicrosPerDelivery());
    }

    String cpuOfSaying(WireFigures figures) {
        return cpu(figures.saying().cpuMicros());
    }

    private String cpu(OptionalDouble micros) {
        return micros.isPresent() ? words.number(micros.getAsDouble()) : unmeasured();
    }

    String memory(WireFigures figures) {
        return idle(figures, idle -> words.whole(idle.bytesEach()));
    }

    String idle(WireFigures figures, Function<Cost.Idle, String> cell) {
        return figures.cost().idle().map(cell).orElseGet(this::unmeasured);
    }

    String notice(Optional<Notice> notice) {
        return notice.map(one ->
                        (one.noticed() ? "" : "> ") + words.seconds(one.after().toMillis() / 1e3))
                .orElseGet(this::unmeasured);
    }

    String unmeasured() {
        return words.get("unmeasured");
    }
}
