package prosa.dist;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A bare Debian, by {@code dist/chroot}: without Java, without anything but what each Debian has. */
record Chroot(Path root) {
    /** Somebody without rights. */
    static final int NOBODY = 65534;

    static final String REQUIRE = "PROSA_REQUIRE_CHROOT";

    /** Skips the test where there is none, and says so. */
    static Chroot orSkip() {
        Path root = Path.of("target", "chroot").toAbsolutePath();
        boolean made = Files.exists(root.resolveSibling("chroot.made"));
        if (!made && !Boolean.parseBoolean(System.getenv(REQUIRE))) {
            PrintStream console = new PrintStream(
                    new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
            console.println(
                    "The tests in a bare Debian are skipped: dist/chroot makes one (as root, with debootstrap).");
        }
        assumeTrue(made || Boolean.parseBoolean(System.getenv(REQUIRE)), "no chroot");
        return new Chroot(root);
    }

    /** A command of root's, that may change the chroot. */
    Shell.Answer asRoot(String command) throws IOException, InterruptedException {
        return shell().run(inside("", 0, command));
    }

    /** Starts one. */
    Process startAsRoot(String command) throws IOException {
        return shell().start(inside("", 0, command));
    }

    /**
     * Starts a command of somebody without rights, who can write to one folder alone.
     *
     * @param home that folder of this system, which is {@code /srv} in there
     */
    Process start(Path home, String command) throws IOException {
        return shell().start(readOnly(home, command));
    }

    /** Runs one to its end. */
    Shell.Answer run(Path home, String command) throws IOException, InterruptedException {
        return shell().run(readOnly(home, command));
    }

    private String readOnly(Path home, String command) {
        return inside("mount --bind " + home + " srv && mount -o remount,bind,ro . && ", NOBODY, command);
    }

    /** In a name space of mounts that ends with the command, and as the same process all the way, so that it gets our signals. */
    private String inside(String mounts, int user, String command) {
        String as = "chroot --userspec=" + user + ":" + user
                + " . /usr/bin/env -i HOME=/srv LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin ";
        String all = "mount --bind " + root + " " + root + " && cd " + root + " && mount -t proc proc proc && " + mounts
                + "exec " + as + command;
        return "unshare --mount sh -c '" + all.replace("'", "'\\''") + "'";
    }

    private static Shell shell() {
        return new Shell(Path.of("/"), Map.of());
    }
}
