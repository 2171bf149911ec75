package prosa.lab.compare;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import prosa.language.Language;

/**
 * The home folder as shells write it. They expand it at the beginning of a word alone, so that {@code --data-dir=~/chat}, and a file that no
 * shell reads, hand on the tilde itself.
 */
public final class Tilde {
    private Tilde() {}

    /**
     * A path as it was typed, with the home folder in place of a tilde at its beginning.
     *
     * @param where the option that it was given to
     * @param env where {@code HOME} may be
     * @param language to say in what is wrong with it
     * @throws BadOption if there is no home folder, or another's is meant
     */
    public static String expand(String where, String typed, Map<String, String> env, Language language)
            throws BadOption {
        if (!typed.startsWith("~")) {
            return typed;
        }
        if (!typed.equals("~") && !typed.startsWith("~/")) {
            throw new BadOption(where, typed, Words.in(language).get("bad.home"));
        }
        String home = Optional.ofNullable(env.get("HOME"))
                .filter(folder -> !folder.isEmpty())
                .orElse(System.getProperty("user.home"));
        if (!Path.of(home).isAbsolute()) {
            throw new BadOption(where, typed, Words.in(language).get("bad.no-home"));
        }
        return home + typed.substring(1);
    }
}
