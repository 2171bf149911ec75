package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import prosa.application.port.HouseClock;
import prosa.bootstrap.Options.History;
import prosa.bootstrap.Options.TutorialPort;
import prosa.bootstrap.client.Http;
import prosa.bootstrap.client.Mailbox;
import prosa.bootstrap.client.Place;
import prosa.dialect.Language;

/** A whole Prosa in this process, on free ports. */
final class RunningHouse implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Prosa prosa;

    private RunningHouse(Prosa prosa) {
        this.prosa = prosa;
    }

    static RunningHouse inMemory() {
        return start(History.MEMORY, Path.of("unused"), Language.ENGLISH, HouseClock.over(InstantSource.system()));
    }

    static RunningHouse inMemory(HouseClock clock) {
        return start(History.MEMORY, Path.of("unused"), Language.ENGLISH, clock);
    }

    /** One that speaks Portuguese over TCP. */
    static RunningHouse inPortuguese() {
        return start(History.MEMORY, Path.of("unused"), Language.PORTUGUESE, HouseClock.over(InstantSource.system()));
    }

    static RunningHouse onDisk(Path dataDir) {
        return start(History.SQLITE, dataDir, Language.ENGLISH, HouseClock.over(InstantSource.system()));
    }

    /** One that other machines can reach, if they find the port. */
    static RunningHouse onAllAddresses() {
        return start(
                "0.0.0.0",
                History.MEMORY,
                Path.of("unused"),
                Language.ENGLISH,
                HouseClock.over(InstantSource.system()));
    }

    private static RunningHouse start(History history, Path dataDir, Language language, HouseClock clock) {
        return start(Bind.LOCALHOST, history, dataDir, language, clock);
    }

    private static RunningHouse start(String bind, History history, Path dataDir, Language language, HouseClock clock) {
        try {
            Optional<TutorialPort> tutorial = Optional.of(new TutorialPort(0, true));
            return new RunningHouse(Prosa.start(
                    new Options(0, 0, tutorial, 0, Bind.to(bind), dataDir, history, language, true),
                    clock,
                    ZoneOffset.UTC));
        } catch (StartFailed | UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    List<URI> listening() {
        return prosa.listening();
    }

    Place place() {
        return new Place(first("http"), first("tcp"));
    }

    URI tutorial() {
        return URI.create("http://" + first("sse").getAuthority());
    }

    Http http() {
        return new Http(first("http"));
    }

    private URI first(String scheme) {
        return listening().stream()
                .filter(uri -> uri.getScheme().equals(scheme))
                .findFirst()
                .orElseThrow();
    }

    /** Looks again and again, for what nobody is told of. */
    static void await(String what, BooleanSupplier condition) {
        await(what, Mailbox.DEADLINE, condition);
    }

    static void await(String what, Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "not in time: " + what);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    @Override
    public void close() {
        prosa.stop(Duration.ofSeconds(1));
    }
}
