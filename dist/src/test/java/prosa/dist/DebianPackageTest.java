package prosa.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package in a bare Debian: installed, used, upgraded, removed and purged. */
class DebianPackageTest {
    private static final String START =
            "setpriv --reuid=prosa --regid=prosa --clear-groups --no-new-privs --bounding-set=-all"
                    + " env PROSA_DATA_DIR=/var/lib/prosa /usr/bin/prosa --http-port 0 --tcp-port 0 --tutorial-port off";

    @TempDir
    Path folder;

    private Chroot debian;

    @BeforeEach
    void clear() throws Exception {
        debian = Chroot.orSkip();
        debian.asRoot("sh -c \"dpkg --purge prosa; rm -rf /var/lib/prosa\"").right();
    }

    @Test
    void whatWasSaidStaysThroughAnUpgradeARemovalAndAPurge() throws Exception {
        install(Made.debianPackage());
        Path data = debian.root().resolve("var/lib/prosa");
        assertEquals(
                "drwx------", debian.asRoot("stat -c %A /var/lib/prosa").right().strip());
        say("before");
        install(upgraded());
        try (Served served = new Served(debian.startAsRoot(START))) {
            served.awaitOverTcp("Bia", "before");
            served.stop();
        }
        Path configuration = debian.root().resolve("etc/prosa/prosa.conf");
        debian.asRoot("dpkg --remove prosa").right();
        assertFalse(Files.exists(debian.root().resolve("usr/lib/prosa")));
        assertTrue(Files.exists(configuration));
        debian.asRoot("dpkg --purge prosa").right();
        assertFalse(Files.exists(configuration));
        assertTrue(Files.exists(data.resolve("prosa.db")));
        install(Made.debianPackage());
        try (Served served = new Served(debian.startAsRoot(START))) {
            served.awaitOverTcp("Bia", "before");
            served.stop();
        }
    }

    private void say(String text) throws Exception {
        try (Served served = new Served(debian.startAsRoot(START))) {
            assertEquals(201, served.say("Ana", text).statusCode());
            assertEquals(0, served.stop());
        }
    }

    private void install(Path deb) throws Exception {
        Files.copy(deb, debian.root().resolve("tmp/prosa.deb"), StandardCopyOption.REPLACE_EXISTING);
        debian.asRoot("dpkg --install /tmp/prosa.deb").right();
    }

    /** The same with a higher version. */
    private Path upgraded() throws Exception {
        Shell shell = new Shell(folder, Map.of());
        shell.run("dpkg-deb --raw-extract " + Made.debianPackage() + " all").right();
        Path control = folder.resolve("all/DEBIAN/control");
        Files.writeString(control, Files.readString(control).replaceFirst("Version: .*", "Version: 99"));
        shell.run("dpkg-deb --root-owner-group -Znone --build all upgraded.deb").right();
        return folder.resolve("upgraded.deb");
    }
}
