package prosa.bootstrap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import prosa.application.port.Secret;
import prosa.domain.Refused;

/** By which operators are known: a file of one line in the data folder, for its owner's eyes. */
final class OperatorToken {
    static final String FILE = "operator.token";

    private OperatorToken() {}

    /** A file that is there and has no token in it, or can't be read or made. */
    static final class Unusable extends IOException {
        private static final long serialVersionUID = 1;

        private final transient Path file;

        private Unusable(Path file) {
            super(file.toString());
            this.file = file;
        }

        Path file() {
            return file;
        }
    }

    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /**
     * Reads the token, and makes one if there is none.
     *
     * @param folder which is there, and ours alone
     */
    static Secret.Hash of(Path folder) throws Unusable {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return Secret.shown(
                            "token",
                            Files.readString(file, StandardCharsets.UTF_8).strip())
                    .hash();
        } catch (Refused | IOException e) {
            throw new Unusable(file);
        }
    }

    /** Whole or not there, after a power cut as well; of mode 0600 from the first moment, which is what createTempFile promises. */
    private static void make(Path file) throws IOException {
        String token = Secret.made(Secret.Kind.OP, new SecureRandom()).reveal() + "\n";
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "operator-", ".new");
        try {
            Files.writeString(draft, token, StandardOpenOption.DSYNC);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
