package prosa.application;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import prosa.application.port.Command;
import prosa.application.port.Limits;
import prosa.application.port.Names;
import prosa.application.port.Nodes;
import prosa.application.port.Peer;
import prosa.application.port.Secret;
import prosa.application.port.Subscription;
import prosa.delivery.Cadence;
import prosa.delivery.ChannelBatches;
import prosa.delivery.FakeSubscriber;
import prosa.domain.Position;
import prosa.domain.RoomName;
import prosa.domain.Via;

/** A whole chat on an engine that does what a test tells it, and guests who come over a wire that does so too. */
final class Lobby implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    final ScriptedEngine engine;
    final SettableClock clock = new SettableClock(NOW);
    final Chat chat;

    Lobby() {
        this(new LocalNames());
    }

    Lobby(Names names) {
        this(names, new ScriptedEngine(), Access.OPEN);
    }

    /** @param engine may have facts from before */
    Lobby(Names names, ScriptedEngine engine, Access access) {
        this(names, Nodes.NONE, engine, access, Limits.NONE);
    }

    Lobby(Limits limits) {
        this(new LocalNames(), Nodes.NONE, new ScriptedEngine(), Access.OPEN, limits);
    }

    Lobby(Names names, Nodes nodes) {
        this(names, nodes, new ScriptedEngine(), Access.OPEN, Limits.NONE);
    }

    private Lobby(Names names, Nodes nodes, ScriptedEngine engine, Access access, Limits limits) {
        this.engine = engine;
        chat = new Chat(engine, new ChannelBatches(), names, nodes, clock, Cadence.LONGEST, access, limits);
        chat.start();
    }

    /** Somebody on this machine. */
    static Peer over(String via) {
        return new Peer(new Via(via), InetAddress.getLoopbackAddress());
    }

    /** Somebody connects. */
    Guest connect() {
        return connect(Optional.empty());
    }

    /** Somebody connects and asks to join at once. */
    Guest connect(Command.Join opening) {
        return connect(Optional.of(opening));
    }

    /** Somebody comes into a room, or tries to, from an address. */
    Guest from(String address, String name, String room) {
        Guest guest = new Guest();
        Peer peer = new Peer(new Via("ws"), InetAddress.ofLiteral(address));
        guest.visitor = chat.visit(peer, PlainCodec.PLAIN, guest, Optional.of(Guest.joining(name, room)));
        return guest;
    }

    private Guest connect(Optional<Command.Join> opening) {
        return connect(over("ws"), opening);
    }

    /** Somebody connects from somewhere. */
    Guest connect(Peer peer, Optional<Command.Join> opening) {
        Guest guest = new Guest();
        guest.visitor = chat.visit(peer, PlainCodec.PLAIN, guest, opening);
        return guest;
    }

    /** Somebody comes into the main room and shows the operators' token. */
    Guest operator(String name, Secret token) {
        Guest operator = enter(name);
        operator.hear(new Command.Op(token, Optional.empty()));
        operator.awaitLine("operator");
        operator.forget();
        return operator;
    }

    /** Somebody comes into the main room; what they were told up to then is forgotten. */
    Guest enter(String name) {
        return enter(name, "main");
    }

    Guest enter(String name, String room) {
        Guest guest = connect(Guest.joining(name, room));
        guest.awaitWelcome();
        guest.forget();
        return guest;
    }

    /** Somebody listens to some rooms. */
    FakeSubscriber follow(Optional<Position> since, OptionalInt last, String... rooms) {
        return follow(listening(since, last, rooms));
    }

    FakeSubscriber follow(Subscription listening) {
        FakeSubscriber listener = new FakeSubscriber();
        chat.follow(over("http"), listening, PlainCodec.PLAIN, listener);
        return listener;
    }

    static Subscription listening(Optional<Position> since, OptionalInt last, String... rooms) {
        Set<RoomName> names = Stream.of(rooms).map(RoomName::new).collect(Collectors.toSet());
        return new Subscription(names, since, last);
    }

    static Position at(long offset) {
        return new Position(ScriptedEngine.EPOCH, offset);
    }

    /** Runs something on the delivery thread, and waits for it. */
    void run(Runnable task) {
        chat.run(task);
    }

    /** Waits until all that was asked before has been looked at, and what there is to say of it was written. */
    void settle() {
        run(() -> {});
    }

    @Override
    public void close() {
        try {
            chat.close(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
