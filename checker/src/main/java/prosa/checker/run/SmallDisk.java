package prosa.checker.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system of 64 MiB in memory, mounted as root under Linux, that can be filled. It goes with {@link #close}, or with this JVM. */
final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "64m";
    private static final int SECONDS = 10;
    private static final int BLOCK = 4_096;

    private final Path at;
    private final Thread atExit = new Thread(this::unmount, "checker-unmount");

    private SmallDisk(Path at) {
        this.at = at;
    }

    static SmallDisk mount(Path at) throws IOException, InterruptedException {
        Files.createDirectories(at);
        run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "prosa-checker", at.toString());
        SmallDisk disk = new SmallDisk(at);
        Runtime.getRuntime().addShutdownHook(disk.atExit);
        return disk;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = process.inputReader().readAllAsString();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }

    /** Until nothing more fits. */
    void fill() throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (true) {
                ballast.write(block);
            }
        } catch (IOException e) {
            if (Files.size(ballast()) == 0) {
                throw e;
            }
        }
    }

    /** As before it was filled. */
    void empty() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private Path ballast() {
        return at.resolve("ballast");
    }

    @Override
    public void close() {
        unmount();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This JVM is ending already, and so does the hook.
        }
    }

    private void unmount() {
        try {
            // Lazily: whoever is killed at the same time may still have files open there.
            run("umount", "-l", at.toString());
        } catch (IOException e) {
            // It is not there any more.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
