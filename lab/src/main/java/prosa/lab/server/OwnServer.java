package prosa.lab.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import prosa.lab.WorkFolder;
import prosa.lab.client.Address;

/**
 * A Prosa in a process of its own, with the same Java, options and classes as this one, on free ports, with an empty history in a
 * folder of its own. Process and folder end with {@link #close}, or with this JVM.
 */
public final class OwnServer implements AutoCloseable {
    private static final String LISTENING = "listening: ";
    private static final int STOP_SECONDS = 3;

    private final Process process;
    private final Path folder;
    private final Thread atExit = new Thread(this::end, "lab-server-end");
    private final Server server;

    /** The server ended instead of starting. */
    public static final class NotStarted extends IOException {
        private static final long serialVersionUID = 1;

        private final String said;

        private NotStarted(String said, IOException cause) {
            super("the server did not start: " + said, cause);
            this.said = said;
        }

        /** What it said on stderr. */
        public String said() {
            return said;
        }
    }

    private OwnServer(Process process, Path folder) throws IOException {
        this.process = process;
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            Address address = listening(process.inputReader(StandardCharsets.UTF_8));
            this.server = new Server(address, Optional.of(new Spending(process.toHandle())));
        } catch (IOException e) {
            String said = Files.readString(folder.resolve("stderr"));
            close();
            throw new NotStarted(said.strip(), e);
        }
    }

    /**
     * Starts one on loopback and waits until it listens.
     *
     * @param main the class with the main method of Prosa
     * @param work where its data goes
     */
    public static OwnServer start(String main, WorkFolder work) throws IOException {
        return start(main, work, List.of(), "127.0.0.1");
    }

    /**
     * Starts one and waits until it listens.
     *
     * @param main the class with the main method of Prosa
     * @param work where its data goes
     * @param within a command that runs another one, which is to be the server; or nothing
     * @param bind the address to listen on
     */
    public static OwnServer start(String main, WorkFolder work, List<String> within, String bind) throws IOException {
        Path folder = work.make("prosa-lab-");
        try {
            Process process = new ProcessBuilder(command(main, within, bind, folder))
                    .redirectError(folder.resolve("stderr").toFile())
                    .start();
            return new OwnServer(process, folder);
        } catch (IOException e) {
            delete(folder);
            throw e;
        }
    }

    private static List<String> command(String main, List<String> within, String bind, Path folder) {
        List<String> command = new ArrayList<>(within);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // What the launcher gave to this JVM, but not its debugger.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-agentlib") && !option.startsWith("-javaagent"))
                .forEach(command::add);
        // What Prosa's jar asks for in its manifest, which a class path does not.
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of("--bind", bind, "--http-port", "0", "--tcp-port", "0", "--tutorial-port", "off"));
        command.addAll(List.of(
                "--history", "sqlite", "--data-dir", folder.resolve("data").toString()));
        return command;
    }

    /** Reads the lines in which it says where it listens; HTTP's and TCP's are both needed. */
    private static Address listening(BufferedReader lines) throws IOException {
        Optional<InetSocketAddress> http = Optional.empty();
        Optional<InetSocketAddress> tcp = Optional.empty();
        while (http.isEmpty() || tcp.isEmpty()) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("it ended");
            }
            if (line.startsWith(LISTENING)) {
                URI uri = URI.create(line.substring(LISTENING.length()).strip());
                InetSocketAddress at = new InetSocketAddress(uri.getHost(), uri.getPort());
                http = uri.getScheme().equals("http") && http.isEmpty() ? Optional.of(at) : http;
                tcp = uri.getScheme().equals("tcp") ? Optional.of(at) : tcp;
            }
        }
        return Address.plain(http.get(), tcp.get());
    }

    public Server server() {
        return server;
    }

    /** Ends the process, by force if it takes longer than 3 seconds, and deletes its folder. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This JVM is ending already, and so does the hook.
            return;
        }
        end();
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // The system's own clearing of temporary folders takes what is left.
        }
    }
}
