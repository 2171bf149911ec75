package prosa.bootstrap;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import prosa.application.port.HouseClock;
import prosa.bootstrap.Options.History;
import prosa.bootstrap.Options.TutorialPort;
import prosa.domain.Removal;
import prosa.language.Language;
import prosa.test.wire.House;
import prosa.test.wire.client.Place;

/** A whole Prosa in this process, on free ports. */
final class RunningHouse implements House {
    private final Prosa prosa;

    private RunningHouse(Prosa prosa) {
        this.prosa = prosa;
    }

    static RunningHouse inMemory() {
        return start(History.MEMORY, Path.of("unused"), Language.ENGLISH, HouseClock.over(InstantSource.system()));
    }

    /** One that speaks Portuguese over TCP. */
    static RunningHouse inPortuguese() {
        return start(History.MEMORY, Path.of("unused"), Language.PORTUGUESE, HouseClock.over(InstantSource.system()));
    }

    static RunningHouse onDisk(Path dataDir) {
        return onDisk(dataDir, InstantSource.system());
    }

    static RunningHouse onDisk(Path dataDir, InstantSource timeOfDay) {
        return start(History.SQLITE, dataDir, Language.ENGLISH, HouseClock.over(timeOfDay));
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
        } catch (StartFailed | Bind.NotOurs e) {
            throw new AssertionError(e);
        }
    }

    List<URI> listening() {
        return prosa.listening();
    }

    @Override
    public Place place() {
        return new Place(listening());
    }

    @Override
    public void remove(Function<Instant, Removal> removal) {
        prosa.chat().remove(removal).toCompletableFuture().join();
    }

    URI tutorial() {
        return URI.create("http://" + first("sse").getAuthority());
    }

    private URI first(String scheme) {
        return listening().stream()
                .filter(uri -> uri.getScheme().equals(scheme))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        prosa.stop(Duration.ofSeconds(1));
    }
}
