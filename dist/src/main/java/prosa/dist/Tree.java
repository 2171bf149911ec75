package prosa.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The folder that an archive unpacks into. All of it has one date, and modes that do not depend on who made it. */
final class Tree {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> PROGRAM = FOLDER;
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");

    private final Path root;
    private final Instant date;

    private Tree(Path root, Instant date) {
        this.root = root;
        this.date = date;
    }

    /** What was there is deleted. */
    static Tree empty(Path root, Instant date) throws IOException {
        Files.createDirectories(root.getParent());
        delete(root);
        Files.createDirectories(root.resolve("lib"));
        return new Tree(root, date);
    }

    Path root() {
        return root;
    }

    Instant date() {
        return date;
    }

    Path path(String within) {
        return root.resolve(within);
    }

    void copy(Path from, String to) throws IOException {
        Path target = path(to);
        Files.createDirectories(target.getParent());
        Files.copy(from, target);
        if (Files.isExecutable(from)) {
            Files.setPosixFilePermissions(target, PROGRAM);
        }
    }

    void copyAll(Path folder, String to) throws IOException {
        for (Path file : files(folder)) {
            copy(file, to + "/" + folder.relativize(file));
        }
    }

    /** Gives all that is there by now its date and its mode. */
    void settle() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(path -> !Files.isSymbolicLink(path))
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                boolean program = Files.isDirectory(path)
                        || Files.isExecutable(path) && !path.toString().endsWith(".so");
                Files.setPosixFilePermissions(path, Files.isDirectory(path) ? FOLDER : program ? PROGRAM : FILE);
                Files.setLastModifiedTime(path, FileTime.from(date));
            }
        }
    }

    /** All files below a folder, in the order of their names. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
