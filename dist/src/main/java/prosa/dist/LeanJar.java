package prosa.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Prosa's jar without SQLite's library for any system: the one for this machine lies beside the jar, from where the driver loads it without
 * unpacking it anywhere.
 */
record LeanJar(Path whole, Machine machine) {
    private static final String NATIVE = "org/sqlite/native/";
    private static final String LIBRARY = "libsqlitejdbc.so";

    static LeanJar of(Path whole, Machine machine) {
        return new LeanJar(whole, machine);
    }

    void write(Tree tree) throws IOException, InterruptedException {
        try (ZipFile from = new ZipFile(whole.toFile())) {
            write(from, tree.path("lib/prosa.jar"));
            try (InputStream library =
                    from.getInputStream(from.getEntry(NATIVE + "Linux/" + machine.name() + "/" + LIBRARY))) {
                Files.copy(library, tree.path("lib/" + LIBRARY));
            }
        }
        Command.run("strip", "--strip-unneeded", tree.path("lib/" + LIBRARY).toString());
    }

    private static void write(ZipFile from, Path to) throws IOException {
        try (OutputStream file = Files.newOutputStream(to);
                ZipOutputStream jar = new ZipOutputStream(file)) {
            for (ZipEntry entry : from.stream()
                    .sorted(Comparator.comparing(LeanJar::rank).thenComparing(ZipEntry::getName))
                    .toList()) {
                if (!entry.getName().startsWith(NATIVE)) {
                    ZipEntry copy = new ZipEntry(entry.getName());
                    copy.setTimeLocal(entry.getTimeLocal());
                    jar.putNextEntry(copy);
                    try (InputStream in = from.getInputStream(entry)) {
                        in.transferTo(jar);
                    }
                    jar.closeEntry();
                }
            }
        }
    }

    /** The manifest comes first, where a reader of streams looks for it. */
    private static int rank(ZipEntry entry) {
        return switch (entry.getName()) {
            case "META-INF/" -> 0;
            case "META-INF/MANIFEST.MF" -> 1;
            default -> 2;
        };
    }
}
