package prosa.dist;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A container of what {@code dist/container} gathers, by buildah, which needs no daemon. Its images are kept beside it, and not with the user's. */
record Container(String id) implements AutoCloseable {
    private static final String IMAGE = "prosa";

    /** Skips the test where none can be built, and says so. */
    static Container orSkip() throws IOException, InterruptedException {
        Chroot.orSkip();
        boolean required = Boolean.parseBoolean(System.getenv(Chroot.REQUIRE));
        if (!required && host().run("buildah --version").status() != 0) {
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)
                    .println("The tests in a container are skipped: buildah was not found.");
            assumeTrue(false, "no buildah");
        }
        host().run("./container").right();
        host().run(buildah("build --isolation chroot --format docker --tag " + IMAGE + " target/container"))
                .right();
        return new Container(host().run(buildah("from " + IMAGE)).right().strip());
    }

    /** What the image says of itself, in Docker's format. */
    static String described() throws IOException, InterruptedException {
        return host().run(buildah("inspect --type image " + IMAGE)).right();
    }

    /** Runs a command in it to its end, as the image's user. */
    Shell.Answer run(List<String> variables, String command) throws IOException, InterruptedException {
        return host().run(inside(variables, command));
    }

    /** Starts one. */
    Process start(List<String> variables, String command) throws IOException {
        return host().start(inside(variables, command));
    }

    private String inside(List<String> variables, String command) {
        StringBuilder env = new StringBuilder();
        variables.forEach(variable -> env.append("--env ").append(variable).append(' '));
        return buildah("run --isolation chroot " + env + id + " -- " + command);
    }

    private static String buildah(String command) {
        return "buildah --storage-driver vfs --root target/images --runroot target/images-run " + command;
    }

    private static Shell host() {
        return new Shell(
                Path.of("").toAbsolutePath(),
                Map.of("HOME", Path.of("target").toAbsolutePath().toString()));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        host().run(buildah("rm --all")).right();
        host().run(buildah("rmi --all --force")).right();
    }
}
