package prosa.lab.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process spends, from what the system tells about it. Any thread may ask. */
public final class Spending {
    /** "C1 CompilerThread0", of which Linux keeps 15 characters. */
    private static final String COMPILER = " CompilerThre";

    /** A line of {@code GC.heap_info}, whichever the collector. */
    private static final Pattern GENERATION = Pattern.compile("total \\d+K, used (\\d+)K");

    private final ProcessHandle process;
    private final Path proc;

    public Spending(ProcessHandle process) {
        this.process = process;
        this.proc = Path.of("/proc", Long.toString(process.pid()));
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Processor time that its threads have used. Linux counts it for each thread to the nanosecond; elsewhere it is what the process's
     * own count says, which may go by hundredths of a second.
     */
    public Optional<CpuTime> cpu() {
        return cpu(thread -> true);
    }

    /** The same without the JVM's compilers, where threads can be told apart: a server that has run for an hour compiles no more. */
    public Optional<CpuTime> work() {
        return cpu(thread -> !thread.contains(COMPILER));
    }

    private Optional<CpuTime> cpu(Predicate<String> counts) {
        try (Stream<Path> threads = Files.list(proc.resolve("task"))) {
            Map<String, Long> nanos = new HashMap<>();
            threads.forEach(thread -> nanos.put(thread.getFileName().toString(), nanos(thread, counts)));
            return Optional.of(new CpuTime(nanos));
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            return process.info().totalCpuDuration().map(total -> new CpuTime(Map.of("all", total.toNanos())));
        }
    }

    private static long nanos(Path thread, Predicate<String> counts) {
        try {
            boolean counted = counts.test(Files.readString(thread.resolve("comm")));
            return counted
                    ? Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ")[0])
                    : 0;
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw new UncheckedIOException(e);
            }
            return 0; // It has just ended.
        }
    }

    /** Memory that is really there for it (RSS), in bytes; empty where the system has no {@code /proc}. */
    public OptionalLong residentBytes() {
        try (Stream<String> lines = Files.lines(proc.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Asks a JVM to collect its garbage, and what is left on its heap then, in bytes. Empty without a JDK's {@code jcmd}, or if the
     * process is no JVM of ours.
     */
    public OptionalLong liveHeapBytes() throws InterruptedException {
        if (jcmd("GC.run").isEmpty()) {
            return OptionalLong.empty();
        }
        Matcher generation = GENERATION.matcher(jcmd("GC.heap_info").orElse(""));
        OptionalLong used = OptionalLong.empty();
        while (generation.find()) {
            used = OptionalLong.of(used.orElse(0) + Long.parseLong(generation.group(1)) * 1024);
        }
        return used;
    }

    private Optional<String> jcmd(String command) throws InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return Optional.empty();
        }
        try {
            Process running = new ProcessBuilder(
                            jcmd.toString(), "-J-XX:TieredStopAtLevel=1", Long.toString(pid()), command)
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return running.waitFor() == 0 ? Optional.of(answer) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
