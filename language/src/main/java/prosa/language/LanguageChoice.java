package prosa.language;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * In which language somebody at a command line is answered: in that of {@code --lang}, else of {@code PROSA_LANG}, else of the locale. The
 * launcher {@code ./prosa} decides in the same way. What names no language that we speak is passed over here, as its refusal is to be
 * read too.
 */
public final class LanguageChoice {
    public static final String OPTION = "--lang";
    public static final String VARIABLE = "PROSA_LANG";

    private LanguageChoice() {}

    /** @param args a command line, whatever else may be wrong with it */
    public static Language of(List<String> args, Map<String, String> env) {
        for (int i = 0; i < args.size(); i++) {
            String argument = args.get(i);
            Optional<Language> named = Optional.empty();
            if (argument.startsWith(OPTION + "=")) {
                named = Language.of(argument.substring(OPTION.length() + 1));
            } else if (i > 0 && args.get(i - 1).equals(OPTION)) {
                named = Language.of(argument);
            }
            if (named.isPresent()) {
                return named.get();
            }
        }
        return ofEnvironment(env);
    }

    /** What the environment asks for. The locale is that of messages as POSIX finds it: the first of three variables that is set. */
    public static Language ofEnvironment(Map<String, String> env) {
        Optional<Language> named = Language.of(env.getOrDefault(VARIABLE, ""));
        if (named.isPresent()) {
            return named.get();
        }
        for (String variable : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
            String locale = env.getOrDefault(variable, "");
            if (!locale.isEmpty()) {
                return Language.ofLocale(locale);
            }
        }
        return Language.ENGLISH;
    }
}
