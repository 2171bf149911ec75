package prosa.planted.application;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.function.Supplier;
import java.util.logging.Logger;
import prosa.planted.delivery.OwnedByTurn;
import prosa.planted.dialect.Dialect;
import prosa.planted.doctor.DoctorFaults;
import prosa.planted.lab.Probe;
import tools.jackson.core.JsonGenerator;

public final class ApplicationFaults {
    public record KnowsTheLab(Probe probe) {}

    public record KnowsTheDoctor(DoctorFaults faults) {}

    public record KnowsADialect(Dialect dialect) {}

    public static final class WritesJson {
        void write(JsonGenerator json) {
            json.writeNull();
        }
    }

    public static final class CountsMilliseconds {
        long now() {
            return System.currentTimeMillis();
        }
    }

    public static final class AsksForNow {
        Instant now() {
            return Instant.now();
        }
    }

    public static final class PassesOnNow {
        Supplier<Instant> clock() {
            return Instant::now;
        }
    }

    public static final class TakesTheSystemsClock {
        final InstantSource clock = InstantSource.system();
    }

    public static final class MakesADate {
        final Date date = new Date();
    }

    @OwnedByTurn
    public static final class AssertsNothing {
        private int count;

        int count() {
            return count;
        }
    }

    @OwnedByTurn
    public static final class CallsOthersUnasserted {
        private final AssertsNothing other = new AssertsNothing();

        int count() {
            return other.count();
        }
    }

    public static final class Prints {
        void print() {
            System.out.println();
        }
    }

    public static final class PrintsAStackTrace {
        void print(IllegalStateException e) {
            e.printStackTrace();
        }
    }

    public static final class LogsPastTheLog {
        final Logger log = Logger.getAnonymousLogger();
    }
}
