package prosa.checker.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that ends with this JVM, unless that is killed. For one thread. */
final class Child implements AutoCloseable {
    private static final int LONGEST_SECONDS = 60;
    private static final int SHORT_SECONDS = 10;
    private static final long LOOK_NANOS = 1_000_000;

    private final Process process;
    private final Thread atExit;

    private Child(Process process) {
        this.process = process;
        this.atExit = new Thread(process.toHandle()::destroyForcibly, "checker-end");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts one, whose stdout is to be read.
     *
     * @param stderr to which is appended
     */
    static Child start(List<String> command, Path stderr) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(stderr.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PROSA_"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new Child(builder.start());
    }

    Process process() {
        return process;
    }

    /** SIGKILL; returns once it is gone. */
    void kill() throws InterruptedException {
        // By the handle: the process's own method would close its pipes, too.
        process.toHandle().destroyForcibly();
        process.waitFor();
        forget();
    }

    /** SIGTERM; returns once it is gone. */
    void terminate() throws IOException, InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("process " + process.pid() + " does not end");
        }
        forget();
    }

    /** SIGTERM; and SIGKILL, if it does not end by that in 10 s. */
    void end() throws InterruptedException {
        process.toHandle().destroy();
        if (process.waitFor(SHORT_SECONDS, TimeUnit.SECONDS)) {
            forget();
        } else {
            kill();
        }
    }

    /** SIGSTOP; returns once it stands still. */
    void stop() throws IOException, InterruptedException {
        signal("STOP");
        while (!Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"))
                .contains(") T ")) {
            Client.pause(LOOK_NANOS);
        }
    }

    /** SIGCONT. */
    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        if (new ProcessBuilder("kill", "-" + signal, pid).start().waitFor() != 0) {
            throw new IOException("no SIG" + signal + " to process " + pid);
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This JVM is ending already, and has killed it.
        }
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
