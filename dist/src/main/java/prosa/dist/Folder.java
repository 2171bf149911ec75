package prosa.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Where what is to be fetched lies: archive, package and {@code SHA256SUMS}. */
record Folder(Path path) {
    /** What was there is deleted. */
    static Folder empty(Path path) throws IOException {
        Tree.delete(path);
        Files.createDirectories(path);
        return new Folder(path);
    }

    /** Packs a folder with GNU tar, everything root's, in the order of names. */
    void addArchive(Tree tree) throws IOException, InterruptedException {
        String name = tree.root().getFileName().toString();
        Path plain = path.resolve(name + ".tar");
        Command.run(
                "tar",
                "--create",
                "--file",
                plain.toString(),
                "--directory",
                tree.path("..").toString(),
                "--format=gnu",
                "--sort=name",
                "--owner=0",
                "--group=0",
                "--numeric-owner",
                name);
        // -n: without the name and the date of the file.
        Command.run("gzip", "-n", "-9", plain.toString());
    }

    /** As {@code sha256sum -c SHA256SUMS} reads it. */
    void writeSums() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : Tree.files(path)) {
            lines.add(sha256(file) + "  " + file.getFileName());
        }
        Files.write(path.resolve("SHA256SUMS"), lines);
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
