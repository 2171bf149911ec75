package prosa.bootstrap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import prosa.application.port.Secret;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * The file of {@code --room-keys}: a room and its key on each line. Empty lines and those that begin with {@code #} say nothing. On a command
 * line, keys would be seen by all who ask the system what runs.
 */
final class RoomKeys {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_WRITE);

    private RoomKeys() {}

    /** What is wrong with the file. */
    static final class Bad extends Exception {
        private static final long serialVersionUID = 1;

        private final String key;
        private final transient List<Object> details;

        /** @param key of what is said of it */
        private Bad(String key, Object... details) {
            super(key, null, false, false);
            this.key = key;
            this.details = List.of(details);
        }

        String key() {
            return key;
        }

        Object[] details() {
            return details.toArray();
        }
    }

    static Map<RoomName, Secret.Hash> read(Path file) throws Bad {
        try {
            if (!Files.isRegularFile(file)) {
                throw new Bad("bad.file");
            }
            requirePrivate(file);
            return read(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new Bad("bad.unreadable");
        }
    }

    private static void requirePrivate(Path file) throws IOException, Bad {
        FileStore store = Files.getFileStore(file);
        if (store.supportsFileAttributeView(PosixFileAttributeView.class)
                && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            throw new Bad("bad.room-keys.open");
        }
    }

    private static Map<RoomName, Secret.Hash> read(List<String> lines) throws Bad {
        Map<RoomName, Secret.Hash> keys = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#") && !add(line.split("\\s+", 2), keys)) {
                throw new Bad("bad.room-keys.line", i + 1);
            }
        }
        return keys;
    }

    private static boolean add(String[] roomAndKey, Map<RoomName, Secret.Hash> keys) {
        try {
            return roomAndKey.length == 2
                    && keys.put(
                                    new RoomName(roomAndKey[0]),
                                    Secret.shown("KEY", roomAndKey[1]).hash())
                            == null;
        } catch (Refused notOne) {
            return false;
        }
    }
}
