package prosa.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The classes of the runtime and of the jar as the JVM lays them out in memory, so that each start maps them instead of reading them. A
 * static archive: what is in it hangs on the classes that it is made of, while a dynamic one and an AOT cache hold what one run happened to
 * do. Which classes these are, short runs tell, and no two quite the same: decision 59.
 *
 * @param lists one for each run
 */
record ClassArchive(JavaRuntime runtime, Path jar, List<Path> lists) {
    private static final int STOP_SECONDS = 20;
    private static final String LISTENING = "listening: ";

    /** Which references of a class a run has resolved, which hangs on how far each of its threads came. */
    private static final String RESOLVED = "@cp ";

    /** What the launcher gives to the JVM, as far as the layout of objects depends on it. */
    private static final List<String> LAYOUT = List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");

    static void dump(JavaRuntime runtime, Path jar, Path archive) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("prosa-dist");
        try {
            ClassArchive made = new ClassArchive(runtime, jar, new ArrayList<>());
            made.serve(folder, List.of("--tls", "self"));
            made.print(folder, "--help");
            made.print(folder, "compare", "--help");
            Path list = folder.resolve("all.lst");
            Files.write(list, made.classes());
            List<String> command = new ArrayList<>(fixedAddresses());
            command.addAll(List.of(runtime.java(), "-Xshare:dump", "-XX:SharedClassListFile=" + list));
            command.add("-XX:SharedArchiveFile=" + archive);
            command.addAll(LAYOUT);
            command.addAll(List.of("-cp", jar.toString()));
            Command.run(command.toArray(String[]::new));
        } finally {
            Tree.delete(folder);
        }
    }

    /** The JVM leaves the addresses of two of its own functions in what it writes, so they have to be the same each time. */
    private static List<String> fixedAddresses() throws InterruptedException {
        List<String> prefix = List.of("setarch", "-R");
        try {
            Command.run("setarch", "-R", "true");
            return prefix;
        } catch (IOException e) {
            return List.of(); // not there, or not let: a container may forbid it
        }
    }

    /** In the order of their names, as the runs meet them in whatever order their threads take. */
    private Collection<String> classes() throws IOException {
        TreeSet<String> all = new TreeSet<>();
        for (Path list : lists) {
            try (Stream<String> lines = Files.lines(list)) {
                lines.filter(line -> !line.startsWith("#") && !line.startsWith(RESOLVED))
                        .map(line -> line.replaceFirst(" id: \\d+$", ""))
                        .forEach(all::add);
            }
        }
        return all;
    }

    private Process start(Path folder, List<String> arguments) throws IOException {
        Path list = folder.resolve(lists.size() + ".lst");
        lists.add(list);
        List<String> command =
                new ArrayList<>(List.of(runtime.java(), "-Xshare:off", "-XX:DumpLoadedClassList=" + list));
        command.addAll(LAYOUT);
        command.add("-Dorg.sqlite.lib.path=" + jar.getParent());
        command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-jar", jar.toString()));
        command.addAll(arguments);
        ProcessBuilder process =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        process.environment().keySet().removeIf(name -> name.startsWith("PROSA_") || name.equals("JAVA_TOOL_OPTIONS"));
        return process.start();
    }

    private void print(Path folder, String... arguments) throws IOException, InterruptedException {
        Process process = start(folder, List.of(arguments));
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        end(process);
    }

    /** A server on which each wire is used once. */
    private void serve(Path folder, List<String> more) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("--http-port", "0", "--tcp-port", "0", "--tutorial-port", "0"));
        arguments.addAll(List.of(
                "--https-port",
                "0",
                "--tcp-tls-port",
                "0",
                "--data-dir",
                folder.resolve("data").toString()));
        arguments.addAll(more);
        Process process = start(folder, arguments);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            use(listening(lines, "http"), listening(lines, "tcp"));
            process.toHandle().destroy(); // the other one closes its output
            lines.transferTo(Writer.nullWriter());
        }
        end(process);
    }

    private static void end(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("it does not end");
        }
        if (process.exitValue() != 0) {
            throw new IOException("it ended with status " + process.exitValue());
        }
    }

    private static URI listening(BufferedReader lines, String scheme) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(LISTENING + scheme + ":")) {
                return URI.create(line.substring(LISTENING.length()).strip());
            }
        }
        throw new IOException("it does not listen for " + scheme);
    }

    private static void use(URI http, URI tcp) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient();
                Socket line = new Socket(tcp.getHost(), tcp.getPort())) {
            WebSocket chat = client.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws"
                                    + http.resolve("/chat?name=Ana").toString().substring("http".length())),
                            new WebSocket.Listener() {})
                    .join();
            line.getOutputStream().write("Bia\nOi!\n/help\n/who\n".getBytes(StandardCharsets.UTF_8));
            chat.sendText("Oi!", true).join();
            HttpRequest say = HttpRequest.newBuilder(http.resolve("/messages?name=Caio"))
                    .POST(BodyPublishers.ofString("Oi!"))
                    .build();
            client.send(say, BodyHandlers.discarding());
            for (String path : List.of(
                    "/", "/messages", "/messages?wait=1", "/rooms", "/lab/", "/ready", "/tutorial/", "/js/chat.js")) {
                client.send(HttpRequest.newBuilder(http.resolve(path)).build(), BodyHandlers.discarding());
            }
            for (String path : List.of("/feed", "/messages?follow")) {
                try (InputStream feed = client.send(
                                HttpRequest.newBuilder(http.resolve(path)).build(), BodyHandlers.ofInputStream())
                        .body()) {
                    feed.read();
                }
            }
            chat.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            line.getInputStream().read();
        }
    }
}
