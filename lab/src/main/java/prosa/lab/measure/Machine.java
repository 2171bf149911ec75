package prosa.lab.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import prosa.lab.Wire;
import prosa.lab.figures.Disturbance;
import prosa.lab.server.CpuTime;
import prosa.lab.server.Spending;

/**
 * Watches what the machine does besides while something is measured: how late a timer wakes, and what Linux tells of the processors'
 * time. Begun and ended by the same thread.
 */
final class Machine {
    private static final double LATE_MILLIS = 20;
    private static final double STOLEN_PERCENT = 2;
    private static final double OTHERS_PERCENT = 15;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Wire wire;
    private final Optional<Spending> server;
    private final Spending own = new Spending(ProcessHandle.current());
    private final Thread timer;
    private volatile boolean ended;
    private volatile long latestNanos;

    private final Optional<Ticks> before;
    private final Optional<CpuTime> serverBefore;
    private final Optional<CpuTime> ownBefore;
    private final long startNanos;

    private Machine(Wire wire, Optional<Spending> server) {
        this.wire = wire;
        this.server = server;
        this.before = Ticks.now();
        this.serverBefore = spent(server);
        this.ownBefore = own.cpu();
        this.startNanos = System.nanoTime();
        this.timer = Thread.ofPlatform().daemon().name("lab-timer").start(this::watchTheClock);
    }

    static Machine watch(Wire wire, Optional<Spending> server) {
        return new Machine(wire, server);
    }

    private void watchTheClock() {
        while (!ended) {
            long before = System.nanoTime();
            LockSupport.parkNanos(TICK_NANOS);
            latestNanos = Math.max(latestNanos, System.nanoTime() - before - TICK_NANOS);
        }
    }

    /** Ends the watch and tells what disturbed. */
    List<Disturbance> end() throws InterruptedException {
        ended = true;
        timer.join();
        List<Disturbance> found = new ArrayList<>();
        add(found, Disturbance.Kind.TIMER_LATE, latestNanos / 1e6, LATE_MILLIS);
        Optional<Ticks> after = Ticks.now();
        if (before.isPresent() && after.isPresent()) {
            Ticks ticks = after.get().minus(before.get());
            if (ticks.all > 0) {
                add(found, Disturbance.Kind.CPU_STOLEN, 100.0 * ticks.stolen / ticks.all, STOLEN_PERCENT);
                Optional<CpuTime> serverAfter = spent(server);
                if (serverAfter.isPresent() && serverBefore.isPresent()) {
                    long ours = serverAfter.get().since(serverBefore.get())
                            + own.cpu()
                                    .map(now -> ownBefore.map(now::since).orElse(0L))
                                    .orElse(0L);
                    double all = (double) (System.nanoTime() - startNanos)
                            * Runtime.getRuntime().availableProcessors();
                    double others = 100.0 * ticks.busy / ticks.all - 100.0 * ours / all;
                    add(found, Disturbance.Kind.OTHERS_BUSY, others, OTHERS_PERCENT);
                }
            }
        }
        return found;
    }

    private void add(List<Disturbance> found, Disturbance.Kind kind, double amount, double bearable) {
        if (amount > bearable) {
            found.add(new Disturbance(kind, Optional.of(wire), amount));
        }
    }

    private static Optional<CpuTime> spent(Optional<Spending> process) {
        return process.flatMap(Spending::cpu);
    }

    /** The processors' time since the system started, in its ticks (proc(5), {@code /proc/stat}). */
    private record Ticks(long all, long busy, long stolen) {
        private static final int IDLE = 3;
        private static final int IO_WAIT = 4;
        private static final int STEAL = 7;

        static Optional<Ticks> now() {
            try {
                String line = Files.readString(Path.of("/proc/stat"))
                        .lines()
                        .findFirst()
                        .orElse("");
                long[] ticks = Stream.of(line.replaceFirst("cpu +", "").split(" "))
                        .limit(STEAL + 1)
                        .mapToLong(Long::parseLong)
                        .toArray();
                long all = 0;
                for (long tick : ticks) {
                    all += tick;
                }
                return Optional.of(new Ticks(all, all - ticks[IDLE] - ticks[IO_WAIT] - ticks[STEAL], ticks[STEAL]));
            } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
                return Optional.empty();
            }
        }

        Ticks minus(Ticks earlier) {
            return new Ticks(all - earlier.all, busy - earlier.busy, stolen - earlier.stolen);
        }
    }
}
