package prosa.dialect;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import prosa.application.port.Command;
import prosa.application.port.Event;
import prosa.delivery.CloseReason;

/**
 * What people read who look back: the day as a notice of the server's, and each message after the time of day.
 *
 * <p>No line of those who talk now can pass for one of the past: no name has a colon.
 *
 * @param now how everything else is told
 */
record TextOfThePast(TextDialect now) implements Dialect {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    @Override
    public Command read(String line) {
        return now.read(line);
    }

    @Override
    public List<String> linesOf(String text) {
        return now.linesOf(text);
    }

    @Override
    public List<String> write(Event event) {
        return switch (event) {
            case Event.Said said -> {
                LocalTime time = LocalTime.ofInstant(said.message().at(), now.zone());
                yield TextDialect.said(
                        TIME.format(time) + " " + said.message().by(),
                        said.message().text());
            }
            case Event.Day day ->
                TextDialect.notice(new Phrases(now.language()).day(LocalDate.ofInstant(day.at(), now.zone())));
            case Event.Shared other -> now.write(other);
            case Event.Private other -> now.write(other);
        };
    }

    @Override
    public boolean tellsToken() {
        return now.tellsToken();
    }

    @Override
    public List<String> write(CloseReason reason) {
        return now.write(reason);
    }
}
