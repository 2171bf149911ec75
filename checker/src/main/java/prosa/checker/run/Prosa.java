package prosa.checker.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Prosa in a process of its own, which is ended and started anew on the same ports and the same folder. For one thread. */
final class Prosa implements AutoCloseable {
    private static final String LISTENING = "listening: ";

    private final String name;
    private final List<String> history;
    private final Path folder;
    private final Map<String, InetSocketAddress> at = new HashMap<>();
    private List<String> command;
    private Child child;

    private Prosa(String name, List<String> command, List<String> history, Path folder) throws IOException {
        this.name = name;
        this.command = List.copyOf(command);
        this.history = List.copyOf(history);
        this.folder = Files.createDirectories(folder);
        this.child = started(0, 0);
        listen();
    }

    /**
     * Starts one on free ports of the loopback, and waits until it listens.
     *
     * @param command what starts it
     * @param history the options that say where it is kept; others are added
     * @param folder for what it keeps and its log
     */
    static Prosa start(String name, List<String> command, List<String> history, Path folder) throws IOException {
        return new Prosa(name, command, history, folder);
    }

    private Child started(int http, int tcp) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(history);
        all.addAll(List.of("--bind", "127.0.0.1", "--tutorial-port", "off"));
        all.addAll(List.of("--http-port", String.valueOf(http), "--tcp-port", String.valueOf(tcp)));
        all.addAll(List.of("--data-dir", data().toString()));
        return Child.start(all, log());
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("log");
    }

    private void listen() throws IOException {
        BufferedReader lines = child.process().inputReader(StandardCharsets.UTF_8);
        while (!at.containsKey("http") || !at.containsKey("tcp")) {
            String line = lines.readLine();
            if (line == null) {
                child.close();
                throw new IOException("Prosa did not start; " + log() + " has: " + Files.readString(log()));
            }
            if (line.startsWith(LISTENING)) {
                URI uri = URI.create(line.substring(LISTENING.length()).strip());
                at.putIfAbsent(uri.getScheme(), new InetSocketAddress(uri.getHost(), uri.getPort()));
            }
        }
    }

    Node node() throws IOException {
        Path token = data().resolve("operator.token");
        Optional<String> operatorToken =
                Files.exists(token) ? Optional.of(Files.readString(token).strip()) : Optional.empty();
        return Node.local(name, at("http"), at("tcp"), operatorToken);
    }

    private InetSocketAddress at(String scheme) {
        InetSocketAddress address = at.get(scheme);
        if (address == null) {
            throw new IllegalStateException("it does not listen");
        }
        return address;
    }

    /** Why it has ended by itself, as the last line of its log has it; empty: it runs. */
    Optional<String> fall() throws IOException {
        return child.process().isAlive()
                ? Optional.empty()
                : Optional.of(name + " has ended by itself: "
                        + Files.readAllLines(log()).stream()
                                .reduce((before, last) -> last)
                                .orElse(""));
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        child.kill();
    }

    /** SIGTERM; returns once it is gone. */
    void terminate() throws IOException, InterruptedException {
        child.terminate();
    }

    /** SIGSTOP. */
    void stop() throws IOException, InterruptedException {
        child.stop();
    }

    /** SIGCONT. */
    void goOn() throws IOException, InterruptedException {
        child.goOn();
    }

    /** Starts it again by something else, once it is gone; returns when it listens. */
    void startAnew(List<String> by) throws IOException {
        command = List.copyOf(by);
        startAnew();
    }

    /** Starts it again, once it is gone; returns when it listens. */
    void startAnew() throws IOException {
        int http = at("http").getPort();
        int tcp = at("tcp").getPort();
        child.close();
        child = started(http, tcp);
        at.clear();
        listen();
    }

    @Override
    public void close() {
        child.close();
    }
}
