package prosa.lab.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import prosa.lab.client.KernelCount;
import prosa.lab.figures.Environment;
import prosa.lab.server.Server;

/** Finds out where it is measured. */
public final class Surroundings {
    private static final String UNKNOWN = "unknown";

    private Surroundings() {}

    /**
     * @param at when the run began
     * @param version Prosa's
     * @param networkNamespace whether packets can really be lost
     */
    public static Environment of(Instant at, String version, boolean networkNamespace, Server server, boolean own) {
        return new Environment(
                at,
                version,
                System.getProperty("java.version") + " " + System.getProperty("java.vm.name"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                first("/proc/cpuinfo", "model name").orElse(UNKNOWN),
                Runtime.getRuntime().availableProcessors(),
                first("/proc/meminfo", "MemTotal")
                        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                        .orElse(0L),
                KernelCount.ofPorts(Set.of()).isPresent(),
                networkNamespace,
                server.url(),
                own);
    }

    private static Optional<String> first(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .filter(value -> !value.isEmpty())
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
