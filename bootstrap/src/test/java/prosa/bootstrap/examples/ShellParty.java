package prosa.bootstrap.examples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import prosa.test.wire.client.Mailbox;

/** A command that a shell runs: {@code curl}, {@code sqlite3}, {@code printf}. */
final class ShellParty implements Party {
    private static final String NO_BUFFER = "curl -N ";

    private final Process process;
    private final boolean ends;
    private final Mailbox<String> lines = new Mailbox<>();

    ShellParty(String command, Path folder) {
        String program = command.split(" ", 2)[0];
        assumeTrue(isThere(program), program + " is not installed");
        this.ends = !command.startsWith(NO_BUFFER);
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "exec " + command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectError(Redirect.DISCARD);
        builder.environment().put("no_proxy", "localhost");
        builder.environment().put("CURL_HOME", folder.toString());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("shell").start(() -> read(process.inputReader()));
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private void read(BufferedReader out) {
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.put(line);
            }
        } catch (IOException e) {
            // Ended as well.
        }
        lines.end();
    }

    @Override
    public Mailbox<String> lines() {
        return lines;
    }

    @Override
    public void send(String line) {
        throw new AssertionError("nobody can type here: " + line);
    }

    @Override
    public boolean ends() {
        return ends;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
