package prosa.lab.compare;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The home folder as shells write it. They expand it at the beginning of a word alone, so that {@code --data-dir=~/chat}, and a file that no
 * shell reads, hand on the tilde itself.
 */
public final class Tilde {
    private Tilde() {}

    /**
     * A path as it was typed, with the home folder in place of a tilde at its beginning.
     *
     * @param env where {@code HOME} may be
     * @throws IllegalArgumentException if there is none, or another's is meant; the message goes on after the path
     */
    public static String expand(String typed, Map<String, String> env) {
        if (!typed.startsWith("~")) {
            return typed;
        }
        if (!typed.equals("~") && !typed.startsWith("~/")) {
            throw new IllegalArgumentException("is in somebody's home folder: write its whole path (or ./~...)");
        }
        String home = Optional.ofNullable(env.get("HOME"))
                .filter(folder -> !folder.isEmpty())
                .orElse(System.getProperty("user.home"));
        if (!Path.of(home).isAbsolute()) {
            throw new IllegalArgumentException("is in the home folder, and nobody knows which one that is");
        }
        return home + typed.substring(1);
    }
}
