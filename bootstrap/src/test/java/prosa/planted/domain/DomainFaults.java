package prosa.planted.domain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import prosa.planted.application.port.Transport;

public final class DomainFaults {
    public static final class ReadsAFile {
        String read() throws IOException {
            return Files.readString(Path.of("room.txt"));
        }
    }

    public static final class StartsAThread {
        void start() {
            new Thread(() -> {}).start();
        }
    }

    public static final class TakesALock {
        final ReentrantLock lock = new ReentrantLock();
    }

    public record HoldsAClock(InstantSource clock) {}

    public static final class LooksAtTheEnvironment {
        final String home = System.getenv("HOME");
    }

    public record KnowsTheApplication(Transport wire) {}

    public static final class MeasuresTime {
        long now() {
            return System.nanoTime();
        }
    }
}
