package prosa.bootstrap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import prosa.application.port.Secret;
import prosa.domain.Refused;

/** By which operators are known: a file of one line in the data folder, for its owner's eyes. */
final class OperatorToken {
    static final String FILE = "operator.token";

    private static final String OURS = "rw-------";

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

    private static void make(Path file) throws IOException {
        FileStore store = Files.getFileStore(file.toAbsolutePath().getParent());
        FileAttribute<?>[] attributes = store.supportsFileAttributeView(PosixFileAttributeView.class)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OURS))}
                : new FileAttribute<?>[0];
        String token = Secret.made(Secret.Kind.OP, new SecureRandom()).reveal() + "\n";
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            channel.write(StandardCharsets.US_ASCII.encode(token));
        } catch (FileAlreadyExistsException e) {
            // Another Prosa has made it just now; it will be told that the folder is in use.
        }
    }
}
