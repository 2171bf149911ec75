package prosa.planted.bootstrap;

import java.util.concurrent.TimeUnit;
import org.slf4j.simple.SimpleLoggerFactory;
import prosa.planted.checker.CheckerFaults;
import prosa.planted.test.wire.Client;
import tools.jackson.core.JsonGenerator;

public final class BootstrapFaults {
    public record WritesJson(JsonGenerator json) {}

    public record AsksAClientOfTheTests(Client client) {}

    public record AsksTheChecker(CheckerFaults faults) {}

    public record KnowsWhoWritesTheLog(SimpleLoggerFactory factory) {}

    public static final class SleepsByTheUnit {
        void sleep() throws InterruptedException {
            TimeUnit.SECONDS.sleep(1);
        }
    }
}
