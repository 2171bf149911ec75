package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Place;

/** Prosa as a process of its own, started as {@code ./prosa} does it. */
final class ProsaProcess implements AutoCloseable {
    private static final long DEADLINE = 20;

    private final Process process;
    private final Path errors;
    private final List<URI> listening = new ArrayList<>();

    private ProsaProcess(Path folder, Map<String, String> environment, List<String> args) throws IOException {
        this(folder, environment, List.of(), args);
    }

    private ProsaProcess(Path folder, Map<String, String> environment, List<String> javaOptions, List<String> args)
            throws IOException {
        errors = Files.createTempFile(folder, "stderr", ".log");
        List<String> command = command(javaOptions);
        command.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PROSA_"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** What starts one; its arguments follow. */
    static List<String> command(List<String> javaOptions) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+DisplayVMOutputToStderr"));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return command;
    }

    /** Starts one on free ports, and waits until it listens. */
    static ProsaProcess start(Path folder, String... args) throws IOException {
        List<String> all = Stream.concat(
                        Stream.of("--http-port", "0", "--tcp-port", "0", "--tutorial-port", "0"), Stream.of(args))
                .toList();
        ProsaProcess prosa = new ProsaProcess(folder, Map.of(), all);
        prosa.readWhereItListens();
        return prosa;
    }

    /** Starts one with a history in memory, on free ports, with more options of the JVM, and waits until it listens. */
    static ProsaProcess startInMemory(Path folder, String... javaOptions) throws IOException {
        List<String> args = List.of(
                "--http-port",
                "0",
                "--tcp-port",
                "0",
                "--tutorial-port",
                "off",
                "--history",
                "memory",
                "--bind",
                "127.0.0.1");
        ProsaProcess prosa = new ProsaProcess(folder, Map.of(), List.of(javaOptions), args);
        prosa.readWhereItListens();
        return prosa;
    }

    /** Starts one with these arguments and variables only. */
    static ProsaProcess startWith(Path folder, Map<String, String> environment, String... args) throws IOException {
        return new ProsaProcess(folder, environment, List.of(args));
    }

    void readWhereItListens() throws IOException {
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null && line.startsWith("listening: "); line = out.readLine()) {
            listening.add(URI.create(line.substring("listening: ".length())));
        }
        assertTrue(!listening.isEmpty(), () -> "did not start: " + errors());
    }

    /** The next line that it prints. */
    String line() throws IOException {
        String line = process.inputReader().readLine();
        assertTrue(line != null, () -> "did not start: " + errors());
        return line;
    }

    List<URI> listening() {
        return listening;
    }

    Place place() {
        return new Place(listening);
    }

    Http http() {
        return new Http(first("http"));
    }

    URI first(String scheme) {
        return listening.stream()
                .filter(uri -> uri.getScheme().equals(scheme))
                .findFirst()
                .orElseThrow();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL. By the handle: the process's own method would close its pipes, too. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    int status() throws InterruptedException {
        assertTrue(process.waitFor(DEADLINE, TimeUnit.SECONDS), "it is still running");
        return process.exitValue();
    }

    /** What it wrote to stdout and was not read yet, up to its end. */
    String output() throws IOException {
        return process.inputReader().readAllAsString();
    }

    /** What it wrote to stderr. */
    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void assertNoStackTrace() {
        String log = errors();
        assertTrue(log.lines().noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception")), log);
    }

    void assertEndedWell() throws InterruptedException {
        assertEquals(0, status(), this::errors);
        assertNoStackTrace();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
