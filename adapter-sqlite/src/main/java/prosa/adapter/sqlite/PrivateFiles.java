package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Files that nobody else on this machine may read, and folders that survive a power cut. */
final class PrivateFiles {
    private static final Set<PosixFilePermission> OURS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private PrivateFiles() {}

    /** Makes the file if it is missing, empty, and sees to it that it is ours alone. */
    static void make(Path file) throws IOException {
        boolean posix = Files.getFileStore(file.toAbsolutePath().getParent())
                .supportsFileAttributeView(PosixFileAttributeView.class);
        try {
            Files.createFile(
                    file,
                    posix
                            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OURS)}
                            : new FileAttribute<?>[0]);
        } catch (FileAlreadyExistsException e) {
            if (posix && !Files.getPosixFilePermissions(file).equals(OURS) && isOurs(file)) {
                Files.setPosixFilePermissions(file, OURS);
            }
        }
    }

    /** Only a file's owner can change who may read it. */
    private static boolean isOurs(Path file) throws IOException {
        return Files.getOwner(file).getName().equals(System.getProperty("user.name"));
    }

    static FileChannel open(Path file, OpenOption... options) throws IOException {
        make(file);
        return FileChannel.open(file, options);
    }

    /** Makes the folder and what is missing above it, such that it is there after a power cut. */
    static void makeFolder(Path folder) throws IOException {
        List<Path> parents = new ArrayList<>();
        Path missing = folder.toAbsolutePath();
        for (Path parent = missing.getParent(); parent != null && !Files.exists(missing); parent = parent.getParent()) {
            parents.add(parent);
            missing = parent;
        }
        Files.createDirectories(folder);
        parents.forEach(PrivateFiles::sync);
    }

    /** What was made in this folder is there after a power cut, where the system can promise that. */
    static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some systems don't open folders, and some file systems don't sync them: then it is as safe as it gets.
        }
    }
}
