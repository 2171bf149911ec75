package prosa.bootstrap;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import prosa.application.port.Act;
import prosa.application.port.HouseClock;
import prosa.application.port.SharedLog;
import prosa.bootstrap.Options.History;
import prosa.bootstrap.Options.TutorialPort;
import prosa.language.Language;
import prosa.test.wire.House;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Place;

/** A whole Prosa in this process, on free ports. */
final class RunningHouse implements House {
    private final Prosa prosa;

    private RunningHouse(Prosa prosa) {
        this.prosa = prosa;
    }

    /** By which operators are known. */
    static final String TOKEN = "the operators token";

    /** The folder of a house that has its history in memory: only the token is there. */
    private static final Path FORGOTTEN = Path.of("target", "house");

    static RunningHouse inMemory() {
        return start(History.MEMORY, FORGOTTEN, Language.ENGLISH, HouseClock.over(InstantSource.system()));
    }

    /** One that speaks Portuguese over TCP. */
    static RunningHouse inPortuguese() {
        return start(History.MEMORY, FORGOTTEN, Language.PORTUGUESE, HouseClock.over(InstantSource.system()));
    }

    static RunningHouse onDisk(Path dataDir) {
        return onDisk(dataDir, InstantSource.system());
    }

    static RunningHouse onDisk(Path dataDir, InstantSource timeOfDay) {
        return start(History.SQLITE, dataDir, Language.ENGLISH, HouseClock.over(timeOfDay));
    }

    /** A node of several. */
    static RunningHouse sharing(SharedLog log, Path dataDir) {
        return start(new History.Nats(log), dataDir, Language.ENGLISH, HouseClock.over(InstantSource.system()));
    }

    private static RunningHouse start(History history, Path dataDir, Language language, HouseClock clock) {
        return start(Bind.LOCALHOST, history, dataDir, language, clock);
    }

    private static RunningHouse start(String bind, History history, Path dataDir, Language language, HouseClock clock) {
        try {
            Files.createDirectories(dataDir);
            Files.writeString(dataDir.resolve("operator.token"), TOKEN);
            Optional<TutorialPort> tutorial = Optional.of(new TutorialPort(0, true));
            return new RunningHouse(Prosa.start(
                    new Options(0, 0, tutorial, 0, Bind.to(bind), dataDir, history, language, true),
                    clock,
                    ZoneOffset.UTC));
        } catch (StartFailed | Bind.NotOurs | IOException e) {
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
    public void act(String room, Act act) {
        String body = switch (act) {
            case Act.Remove(String id) -> "{\"type\":\"remove\",\"id\":\"" + id + "\"}";
            case Act.Clear() -> "{\"type\":\"clear\"}";
            default -> throw new IllegalArgumentException("no contract asks for " + act);
        };
        Http.Answer answer = http().post("/acts?name=Olga&room=" + room, body, "Prosa-Operator", TOKEN);
        if (answer.status() != 200) {
            throw new AssertionError(answer);
        }
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
