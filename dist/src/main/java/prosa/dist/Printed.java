package prosa.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Prosa prints of itself: its manual, and what shells complete its options by. */
final class Printed {
    static final String MANUAL = "share/man/man1/prosa.1";
    static final String BASH = "share/bash-completion/completions/prosa";
    static final String FISH = "share/fish/vendor_completions.d/prosa.fish";

    /** Zsh takes bash's, and has no folder of its own for that. */
    private static final String ZSH = "share/zsh/prosa.zsh";

    private static final Map<String, List<String>> COMMANDS = Map.of(
            MANUAL, List.of("manual", "--roff", "--lang", "en"),
            BASH, List.of("completion", "bash"),
            FISH, List.of("completion", "fish"),
            ZSH, List.of("completion", "zsh"));

    private Printed() {}

    static void write(JavaRuntime runtime, Path jar, Tree tree) throws IOException, InterruptedException {
        for (Map.Entry<String, List<String>> command : COMMANDS.entrySet()) {
            List<String> words = new ArrayList<>(List.of(runtime.java(), "-jar", jar.toString()));
            words.addAll(command.getValue());
            Path file = tree.path(command.getKey());
            Files.createDirectories(file.resolve("..").normalize());
            Command.print(file, words);
        }
    }
}
