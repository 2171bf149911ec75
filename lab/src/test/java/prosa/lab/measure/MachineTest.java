package prosa.lab.measure;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import prosa.lab.Wire;
import prosa.lab.figures.Disturbance;
import prosa.lab.figures.Disturbance.Kind;
import prosa.lab.server.Spending;

class MachineTest {
    /** One idle loop for each processor, until it has had a good part of a second. */
    @Test
    void anotherProcessThatWorksIsTold() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/stat")), "this system does not tell");
        Machine machine = Machine.watch(Wire.SSE, Optional.of(new Spending(ProcessHandle.current())));
        List<Process> busy = new ArrayList<>();
        try {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                busy.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
            }
            while (spent(busy.getFirst()).toMillis() < 400) {
                Thread.yield();
                assertTrue(busy.getFirst().isAlive());
            }
        } finally {
            busy.forEach(Process::destroyForcibly);
        }
        List<Disturbance> found = machine.end();
        assertTrue(
                found.stream()
                        .anyMatch(one ->
                                one.kind() == Kind.OTHERS_BUSY && one.during().equals(Optional.of(Wire.SSE))),
                found::toString);
    }

    private static Duration spent(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
