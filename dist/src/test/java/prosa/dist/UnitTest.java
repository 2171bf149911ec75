package prosa.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** systemd's unit: what systemd thinks of it, and what it restricts as far as that can be had without systemd. */
class UnitTest {
    private static final double MOST_EXPOSURE = 2.0;

    /** ProtectSystem, ProtectHome, PrivateTmp, PrivateDevices, ProtectProc and ProtectKernelTunables: what it finds is there to be read, or not at all. */
    private static final String FILES = """
            mkdir -p /var/lib/restricted && chown 65534:65534 /var/lib/restricted &&
            mount -t proc -o hidepid=invisible,ro proc /proc &&
            mount -t tmpfs -o mode=755 tmpfs /dev && mkdir /dev/shm && mknod -m 666 /dev/null c 1 3 && mknod -m 666 /dev/zero c 1 5 &&
            mknod -m 666 /dev/random c 1 8 && mknod -m 666 /dev/urandom c 1 9 && mount -o remount,ro /dev &&
            mount -t tmpfs -o ro,mode=000 tmpfs /root && mount -t tmpfs -o ro,mode=000 tmpfs /home && mount -t tmpfs tmpfs /tmp &&
            mount --bind /var/lib/restricted /var/lib/restricted && mount -o remount,bind,ro /""";

    /** LimitNOFILE, lower than the unit's, as not every root may raise it; CapabilityBoundingSet, AmbientCapabilities, NoNewPrivileges. */
    private static final String RIGHTS = "prlimit --nofile=4096:4096 --core=0"
            + " setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all"
            + " env PROSA_DATA_DIR=/var/lib/restricted";

    @Test
    void systemdCallsItSafe() throws Exception {
        Shell shell = new Shell(Path.of("").toAbsolutePath(), Map.of());
        assumeTrue(shell.run("systemd-analyze --version").status() == 0, "no systemd-analyze");
        String judged = shell.run("systemd-analyze security --offline=true src/main/debian/prosa.service")
                .out();
        Matcher exposure = Pattern.compile("Overall exposure level for prosa.service: (\\S+)")
                .matcher(judged);
        assertTrue(exposure.find(), judged);
        assertTrue(Double.parseDouble(exposure.group(1)) < MOST_EXPOSURE, judged);
    }

    @Test
    void underItsRestrictionsAllWiresWork() throws Exception {
        Chroot debian = Chroot.orSkip();
        String prosa = "/opt/restricted/" + Made.name() + "/prosa";
        Path folder = debian.root().resolve("opt/restricted");
        Shell shell = new Shell(Path.of("/"), Map.of());
        shell.run("mkdir -p " + folder).right();
        shell.run("tar xzf " + Made.archive() + " -C " + folder).right();
        String server = RIGHTS + " " + prosa + " --http-port 0 --tcp-port 0 --tutorial-port off";
        String restricted = "unshare --mount --ipc --uts --cgroup sh -c \"" + FILES.replace("\n", " ") + " && exec "
                + server + "\"";
        try (Served served = new Served(debian.startAsRoot(restricted))) {
            assertEquals(201, served.say("Ana", "Oi!").statusCode());
            served.awaitOverTcp("Bia", "Oi!");
            served.awaitOverWebSocket("Caio", "Oi!");
            served.awaitOnTheFeed("Oi!");
            assertEquals(0, served.stop());
        }
    }
}
