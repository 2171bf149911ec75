package prosa.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * What Debian installs: the same folder as {@code /usr/lib/prosa}, with what a system wants around it.
 *
 * @param sources {@code control}, the scripts of an installation, the unit, the configuration
 */
record DebianPackage(String version, Machine machine, Path sources) {
    private static final String HOME = "usr/lib/prosa/";

    static DebianPackage of(String version, Machine machine, Path sources) {
        return new DebianPackage(version, machine, sources);
    }

    void write(Tree tree, Folder folder) throws IOException, InterruptedException {
        if (!Command.isThere("dpkg-deb")) {
            System.out.println("No Debian package is made: dpkg-deb is not here.");
            return;
        }
        Path root = tree.root().resolveSibling("debian");
        Tree debian = Tree.empty(root, tree.date());
        Files.delete(root.resolve("lib"));
        copy(tree, debian);
        around(tree, debian);
        control(debian);
        debian.settle();
        Command.run(
                "dpkg-deb",
                "--root-owner-group",
                "-Zxz",
                "-z1", // 6 took three minutes, for a twentieth less
                "--build",
                root.toString(),
                folder.path()
                        .resolve("prosa_" + version + "_" + machine.debian() + ".deb")
                        .toString());
    }

    /** With the dates that it has there: the class archive is refused with others. */
    private static void copy(Tree tree, Tree debian) throws IOException, InterruptedException {
        Files.createDirectories(debian.path(HOME));
        for (String part : List.of("prosa", "lib", "runtime")) {
            Command.run(
                    "cp",
                    "--archive",
                    tree.path(part).toString(),
                    debian.path(HOME + part).toString());
        }
        Path doc = Files.createDirectories(debian.path("usr/share/doc/prosa"));
        for (String part : List.of("docs", "legal", "README.md")) {
            Command.run(
                    "cp",
                    "--archive",
                    tree.path(part).toString(),
                    doc.resolve(part).toString());
        }
        // Debian wants what is legal in one place.
        Command.run(
                "mv",
                debian.path(HOME + "runtime/legal").toString(),
                doc.resolve("legal/runtime").toString());
    }

    private void around(Tree tree, Tree debian) throws IOException, InterruptedException {
        Files.createDirectories(debian.path("usr/bin"));
        Files.createSymbolicLink(debian.path("usr/bin/prosa"), Path.of("../lib/prosa/prosa"));
        debian.copy(sources.resolve("prosa.service"), "usr/lib/systemd/system/prosa.service");
        debian.copy(sources.resolve("prosa.conf"), "etc/prosa/prosa.conf");
        for (String file : List.of(Printed.MANUAL, Printed.BASH, Printed.FISH)) {
            debian.copy(tree.path(file), "usr/" + file);
        }
        Command.run("gzip", "-n", "-9", debian.path("usr/" + Printed.MANUAL).toString());
        debian.copy(sources.resolve("lintian-overrides"), "usr/share/lintian/overrides/prosa");
        debian.copy(sources.resolve("copyright"), "usr/share/doc/prosa/copyright");
        debian.copy(sources.resolve("changelog"), "usr/share/doc/prosa/changelog");
        Command.run(
                "gzip", "-n", "-9", debian.path("usr/share/doc/prosa/changelog").toString());
    }

    private void control(Tree debian) throws IOException {
        Path folder = Files.createDirectories(debian.path("DEBIAN"));
        long kib = 0;
        for (Path file : Tree.files(debian.root())) {
            kib += (Files.size(file) + 1023) / 1024;
        }
        String control = Files.readString(sources.resolve("control"))
                .replace("${version}", version)
                .replace("${architecture}", machine.debian())
                .replace("${kib}", Long.toString(kib));
        Files.writeString(folder.resolve("control"), control);
        Files.writeString(folder.resolve("conffiles"), "/etc/prosa/prosa.conf\n");
        for (String script : List.of("postinst", "prerm", "postrm")) {
            debian.copy(sources.resolve(script), "DEBIAN/" + script);
            Files.setPosixFilePermissions(folder.resolve(script), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
