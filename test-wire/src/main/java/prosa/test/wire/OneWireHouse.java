package prosa.test.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import prosa.adapter.memory.MemoryEngine;
import prosa.application.Access;
import prosa.application.Chat;
import prosa.application.LocalNames;
import prosa.application.port.Act;
import prosa.application.port.Credentials;
import prosa.application.port.HouseClock;
import prosa.application.port.Limits;
import prosa.application.port.Nodes;
import prosa.application.port.Peer;
import prosa.application.port.Secret;
import prosa.application.port.Transport;
import prosa.delivery.BatchWriter;
import prosa.delivery.Cadence;
import prosa.domain.Name;
import prosa.domain.RoomName;
import prosa.domain.Via;
import prosa.test.wire.client.Place;
import prosa.test.wire.client.Wire;
import prosa.test.wire.client.WireClient;
import prosa.test.wire.client.Witness;

/** A chat on the engine in memory, with the wires of one module; whoever would come over another is let in past it. */
public final class OneWireHouse implements House {
    /** By which operators are known. */
    public static final Secret TOKEN = Secret.shown("token", "the operators token");

    private static final long MEMORY_BOUND = 64L << 20;
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Chat chat;
    private final Transport transport;

    private OneWireHouse(HouseClock clock, Limits limits, Function<Chat, Transport> wire) {
        chat = new Chat(
                new MemoryEngine(clock, MEMORY_BOUND),
                BatchWriter.NONE,
                new LocalNames(),
                Nodes.NONE,
                clock,
                Cadence.LONGEST,
                new Access(Optional.of(TOKEN.hash()), Map.of()),
                limits);
        transport = wire.apply(chat);
    }

    /** @param wire made for a free port, and not started yet */
    public static OneWireHouse open(Function<Chat, Transport> wire) {
        return open(HouseClock.over(InstantSource.system()), wire);
    }

    public static OneWireHouse open(HouseClock clock, Function<Chat, Transport> wire) {
        return open(clock, Limits.NONE, wire);
    }

    /** One in which people may not do all they like. */
    public static OneWireHouse open(Limits limits, Function<Chat, Transport> wire) {
        return open(HouseClock.over(InstantSource.system()), limits, wire);
    }

    private static OneWireHouse open(HouseClock clock, Limits limits, Function<Chat, Transport> wire) {
        OneWireHouse house = new OneWireHouse(clock, limits, wire);
        house.chat.start();
        try {
            house.transport.start();
            return house;
        } catch (IOException e) {
            house.close();
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Place place() {
        return new Place(transport.listening());
    }

    @Override
    public WireClient connect(Wire over, String room, @Nullable String since, String language) {
        if (place().has(over.scheme())) {
            return over.connect(place(), room, since, language);
        }
        Optional<String> position = Optional.ofNullable(since);
        return over.isPresent()
                ? new ChatBystander(chat, over, room, position)
                : new ChatReader(chat, over, room, position);
    }

    @Override
    public Witness witness() {
        return place().has("http") ? http() : new ChatWitness(chat);
    }

    @Override
    public void act(String room, Act act) {
        Peer operator = new Peer(
                new Via("http"),
                InetAddress.getLoopbackAddress(),
                new Credentials(Map.of(), Optional.empty(), Optional.of(TOKEN)));
        chat.act(operator, new RoomName(room), new Name("Olga"), act)
                .toCompletableFuture()
                .join();
    }

    /** As the whole program stops. */
    @Override
    public void close() {
        transport.stopAccepting();
        try {
            chat.close(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        transport.stop(GRACE);
    }
}
