package prosa.bootstrap;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import prosa.application.port.HistoryUnusable;
import prosa.application.port.LogUnusable;
import prosa.certificate.Unusable;
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
        List<Object> values =
                Stream.concat(Stream.of(e.path()), e.details().stream()).toList();
        return new StartFailed(option, "history." + word(e.reason()), values);
    }

    /** @param option by which somebody chose the log */
    static StartFailed ofLog(String option, LogUnusable e) {
        return new StartFailed(option, "log." + word(e.reason()), e.details());
    }

    /** @param certificate by which somebody chose it */
    static StartFailed ofCertificate(Tls.Certificate certificate, Unusable e) {
        String option = switch (certificate) {
            case Tls.Certificate.Self() -> "--data-dir";
            case Tls.Certificate.Files(Path file, Path key) -> isOfTheKey(e, file, key) ? "--tls-key" : "--tls-cert";
        };
        return new StartFailed(option, "tls." + word(e.reason()), List.of(e.path(), e.detail()));
    }

    /** One file may hold both. */
    private static boolean isOfTheKey(Unusable e, Path file, Path key) {
        return switch (e.reason()) {
            case NO_KEY, ENCRYPTED_KEY, UNKNOWN_KEY, OTHER_KEY -> true;
            case NO_CERTIFICATE, NOT_FOUND, FORBIDDEN, NOT_READABLE, NOT_WRITABLE ->
                e.path().equals(key) && !e.path().equals(file);
        };
    }

    static StartFailed ofToken(OperatorToken.Unusable e) {
        return new StartFailed("--data-dir", "start.token", List.of(e.file()));
    }

    private static String word(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
