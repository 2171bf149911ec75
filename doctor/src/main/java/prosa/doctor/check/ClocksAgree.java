package prosa.doctor.check;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Whether the other side's clock, as its answers are dated, is this machine's. */
record ClocksAgree(Site site, InstantSource clock) implements Check {
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    @Override
    public String id() {
        return "clock";
    }

    @Override
    public boolean needsPassage() {
        return false;
    }

    @Override
    public Finding find() throws IOException {
        Instant before = clock.instant();
        Exchange.Answer answer = Exchange.answer(site, "GET", "/health");
        Instant after = clock.instant();
        Optional<String> date = answer.head().field("date");
        if (date.isEmpty()) {
            return notTried("no-date");
        }
        try {
            Instant told = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.get(), Instant::from);
            return judge(before, after, told);
        } catch (DateTimeException e) {
            return notTried("no-date");
        }
    }

    /** A date has no parts of a second, and may be of any moment between question and answer. */
    private Finding judge(Instant before, Instant after, Instant told) {
        Duration behind = Duration.between(told.plusSeconds(1), before);
        Duration ahead = Duration.between(after, told);
        if (behind.compareTo(TOLERANCE) > 0) {
            return wrong("behind", Seconds.of(behind));
        }
        return ahead.compareTo(TOLERANCE) > 0
                ? wrong("ahead", Seconds.of(ahead))
                : right("agree", TOLERANCE.toSeconds());
    }
}
