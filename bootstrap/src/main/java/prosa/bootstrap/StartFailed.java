package prosa.bootstrap;

import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import prosa.application.port.HistoryUnusable;
import prosa.language.Language;

/** Prosa can't start. The message is one line that names what is wrong, as a person gave it; in English, for the log. */
final class StartFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final String option;
    private final String key;
    private final transient List<Object> values;

    private StartFailed(String option, String key, List<Object> values) {
        super(told(option, key, values, Language.ENGLISH), null, false, false);
        this.option = option;
        this.key = key;
        this.values = values;
    }

    /** @param option by which somebody chose the port on which it can't listen */
    static StartFailed ofListening(String option, IOException e) {
        if (isOfTheSystem(e, "in use")) {
            return new StartFailed(option, "start.taken", List.of());
        }
        if (isOfTheSystem(e, "Permission denied")) {
            return new StartFailed(option, "start.forbidden", List.of());
        }
        return new StartFailed(option, "start.said", List.of(String.valueOf(e.getMessage())));
    }

    /** @param option by which somebody chose the folder of the history */
    static StartFailed ofHistory(String option, HistoryUnusable e) {
        String reason = e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        List<Object> values =
                Stream.concat(Stream.of(e.path()), e.details().stream()).toList();
        return new StartFailed(option, "history." + reason, values);
    }

    /** The line for who started it. */
    String line(Language language) {
        return told(option, key, values, language);
    }

    private static String told(String option, String key, List<Object> values, Language language) {
        return option + ": " + Words.in(language).get(key, values.toArray());
    }

    /** Jetty wraps what the system said. */
    private static boolean isOfTheSystem(Throwable e, String words) {
        return e instanceof SocketException && String.valueOf(e.getMessage()).contains(words)
                || e.getCause() != null && isOfTheSystem(e.getCause(), words);
    }
}
