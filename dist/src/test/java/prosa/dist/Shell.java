package prosa.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A shell of somebody who has nothing in the environment but a path to what the system brings.
 *
 * @param more of the environment
 */
record Shell(Path folder, Map<String, String> more) {
    private static final int SECONDS = 120;

    /** What a command came to. */
    record Answer(int status, String out, String err) {
        /** Its output, if it ended well. */
        String right() {
            if (status != 0) {
                throw new AssertionError("status " + status + "\n" + out + err);
            }
            return out;
        }
    }

    Process start(String command) throws IOException {
        ProcessBuilder process = new ProcessBuilder("/bin/sh", "-c", "exec " + command).directory(folder.toFile());
        process.environment().clear();
        process.environment().putAll(Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C.UTF-8"));
        process.environment().putAll(more);
        return process.start();
    }

    Answer run(String command) throws IOException, InterruptedException {
        Process process = start(command);
        process.getOutputStream().close();
        StringBuilder err = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> err.append(read(process.errorReader(StandardCharsets.UTF_8))));
        String out = read(process.inputReader(StandardCharsets.UTF_8));
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it does not end: " + command);
        }
        reader.join();
        return new Answer(process.exitValue(), out, err.toString());
    }

    /** For a line of a shell: pipes and so on. */
    Answer line(String line) throws IOException, InterruptedException {
        return run("/bin/sh -c '" + line.replace("'", "'\\''") + "'");
    }

    private static String read(java.io.Reader reader) {
        try (reader) {
            java.io.StringWriter all = new java.io.StringWriter();
            reader.transferTo(all);
            return all.toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static List<String> lines(String text) {
        return text.lines().toList();
    }
}
