package prosa.lab.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own for a server's process, under Linux as root with iproute2: two virtual cables lead there, and on the first all
 * packets can be made to vanish. It ends with {@link #close}, or with this JVM. For one thread.
 */
final class NetworkNamespace implements AutoCloseable {
    /** Of the block for measuring networks, which no real one uses (RFC 2544, RFC 6890). */
    private static final String BLOCK = "198.18.";

    /** A hardware address that nobody has. */
    private static final String NOBODY = "02:00:00:00:00:0f";

    private static final int SECONDS = 5;
    private static final int SUBNETS = 125;

    private final String name;
    private final int subnet;
    private final Thread atExit = new Thread(this::remove, "lab-namespace-end");

    private NetworkNamespace(long pid) {
        this.name = "prosa" + pid;
        this.subnet = (int) (pid % SUBNETS) * 2;
    }

    /** Makes one. Empty where the system does not let us; nothing of it is left then. */
    static Optional<NetworkNamespace> make() throws InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        NetworkNamespace made = new NetworkNamespace(ProcessHandle.current().pid());
        Runtime.getRuntime().addShutdownHook(made.atExit);
        try {
            ip("netns", "add", made.name);
            made.lay(0);
            made.lay(1);
            return Optional.of(made);
        } catch (IOException e) {
            made.close();
            return Optional.empty();
        }
    }

    private void lay(int cable) throws IOException, InterruptedException {
        ip("link", "add", here(cable), "type", "veth", "peer", "name", there(cable), "netns", name);
        ip("addr", "add", address(cable, 1) + "/24", "dev", here(cable));
        ip("link", "set", here(cable), "up");
        ip("-n", name, "addr", "add", address(cable, 2) + "/24", "dev", there(cable));
        ip("-n", name, "link", "set", there(cable), "up");
    }

    private String here(int cable) {
        return name + "h" + cable;
    }

    private String there(int cable) {
        return name + "t" + cable;
    }

    private String address(int cable, int end) {
        return BLOCK + (subnet + cable) + "." + end;
    }

    /** What a command has to begin with to run in there. */
    List<String> within() {
        return List.of("ip", "netns", "exec", name);
    }

    /** The server's address on the cable whose packets vanish. */
    String losing() {
        return address(0, 2);
    }

    /** The server's address on the other one. */
    String safe() {
        return address(1, 2);
    }

    /**
     * Packets of the first cable go on being sent, but to a hardware address that nobody has: they are lost without a word in both
     * directions. Taking the cable down would tell the systems at its ends.
     */
    void vanish() throws IOException, InterruptedException {
        ip("neigh", "replace", address(0, 2), "lladdr", NOBODY, "nud", "permanent", "dev", here(0));
        ip("-n", name, "neigh", "replace", address(0, 1), "lladdr", NOBODY, "nud", "permanent", "dev", there(0));
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }

    /** The cables go with their ends here, also while a process is still in there. */
    private void remove() {
        for (List<String> command : List.of(
                List.of("link", "del", here(0)), List.of("link", "del", here(1)), List.of("netns", "del", name))) {
            try {
                ip(command.toArray(String[]::new));
            } catch (IOException e) {
                // It was not made.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This JVM is ending already, and so does the hook.
            return;
        }
        boolean interrupted = Thread.interrupted();
        remove();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
