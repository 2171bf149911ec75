package prosa.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.adapter.javalin.HttpTransport;
import prosa.adapter.javalin.StreamTransport;
import prosa.adapter.memory.MemoryEngine;
import prosa.adapter.sqlite.SqliteEngine;
import prosa.adapter.tcp.TcpTransport;
import prosa.adapter.tutorial.TestingSocket;
import prosa.adapter.tutorial.TutorialTransport;
import prosa.adapter.uring.LinuxUserTimeout;
import prosa.adapter.uring.UringWriter;
import prosa.application.Chat;
import prosa.application.Descriptors;
import prosa.application.LocalNames;
import prosa.application.port.HouseClock;
import prosa.application.port.MessageEngine;
import prosa.application.port.Transport;
import prosa.delivery.BatchWriter;
import prosa.delivery.Cadence;
import prosa.lab.page.LabPage;
import prosa.lab.page.Targets;

/**
 * The whole house, wired: an engine that keeps, a chat, and the wires.
 *
 * <p>Started and stopped by one thread.
 */
final class Prosa {
    private static final Logger LOG = LoggerFactory.getLogger(Prosa.class);

    /** What a lab's history in memory may take, in bytes. */
    private static final long MEMORY_BOUND = 64L << 20;

    /** When a start fails: nobody is connected, and the data folder is let go of. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** For measurements only: what a delivery costs against how long it is delayed (docs/performance.md). */
    private static final Duration LONGEST_PAUSE =
            Duration.ofMillis(Integer.getInteger("prosa.pause", (int) Cadence.LONGEST.toMillis()));

    private final BatchWriter batchWriter;
    private final Descriptors descriptors;
    private final Chat chat;
    private final List<Transport> wires = new ArrayList<>();
    private final LabPage lab;
    private final OptionalInt tutorialPort;

    private Prosa(
            MessageEngine engine,
            Optional<Transport> tutorial,
            Options options,
            Descriptors descriptors,
            HouseClock clock) {
        this.descriptors = descriptors;
        this.batchWriter = options.ioUring() ? new UringWriter() : BatchWriter.NONE;
        this.chat = new Chat(engine, batchWriter, new LocalNames(), clock, LONGEST_PAUSE);
        tutorial.ifPresent(wires::add);
        this.tutorialPort = tutorial.stream()
                .mapToInt(transport -> transport.listening().getFirst().getPort())
                .findFirst();
        this.lab = new LabPage(
                options.bind().addresses(),
                options.labPort(),
                descriptors::isRoom,
                () -> new Targets(own("http"), own("tcp")));
    }

    /**
     * @param zone in which people are told the time
     * @throws StartFailed with a line that says what is wrong; nothing is left running
     */
    static Prosa start(Options options, HouseClock clock, ZoneId zone) throws StartFailed {
        // Side by side, as both take long to load: SQLite, and Jetty, which the tutorial needs first.
        FutureTask<MessageEngine> engine = new FutureTask<>(() -> engine(options, clock));
        Thread.ofPlatform().daemon().name("prosa-engine").start(engine);
        Descriptors descriptors = new Descriptors(DescriptorCount.ofThisProcess());
        Optional<Transport> tutorial = startTutorial(options, descriptors, engine);
        Prosa prosa = new Prosa(opened(engine, tutorial), tutorial, options, descriptors, clock);
        prosa.chat.start();
        try {
            prosa.startWires(options, zone);
            return prosa;
        } catch (StartFailed e) {
            prosa.stop(AT_ONCE);
            throw e;
        }
    }

    private static MessageEngine opened(Future<MessageEngine> engine, Optional<Transport> tutorial) throws StartFailed {
        try {
            return engine.get();
        } catch (ExecutionException | InterruptedException e) {
            tutorial.ifPresent(transport -> transport.stop(AT_ONCE));
            if (e.getCause() instanceof StartFailed failed) {
                throw failed;
            }
            throw new IllegalStateException(e);
        }
    }

    private static MessageEngine engine(Options options, HouseClock clock) throws StartFailed {
        try {
            return switch (options.history()) {
                case SQLITE -> SqliteEngine.open(options.dataDir(), clock);
                case MEMORY -> new MemoryEngine(clock, MEMORY_BOUND);
            };
        } catch (IOException e) {
            throw new StartFailed("--data-dir: " + e.getMessage());
        }
    }

    private void startWires(Options options, ZoneId zone) throws StartFailed {
        var addresses = options.bind().addresses();
        startWire(
                new HttpTransport(
                        chat,
                        addresses,
                        options.httpPort(),
                        () -> tutorialPort,
                        lab::port,
                        lab::isToken,
                        descriptors,
                        zone,
                        new TestingSocket(),
                        lab),
                "--http-port " + options.httpPort());
        startWire(
                new TcpTransport(
                        chat,
                        addresses,
                        options.tcpPort(),
                        descriptors,
                        new LinuxUserTimeout(),
                        options.language(),
                        zone),
                "--tcp-port " + options.tcpPort());
    }

    /** It is up before the page, which names its port to browsers. */
    private static Optional<Transport> startTutorial(
            Options options, Descriptors descriptors, Future<MessageEngine> engine) throws StartFailed {
        Optional<Options.TutorialPort> port = options.tutorialPort();
        if (port.isEmpty()) {
            return Optional.empty();
        }
        int number = port.get().number();
        Transport tutorial = new TutorialTransport(
                listen -> new StreamTransport(options.bind().addresses(), number, descriptors, listen), new Random());
        try {
            start(tutorial, "--tutorial-port " + number);
            return Optional.of(tutorial);
        } catch (StartFailed e) {
            if (port.get().asked()) {
                opened(engine, Optional.empty()).close();
                throw e;
            }
            LOG.warn("{}; going on without the SSE tutorial", e.getMessage());
            return Optional.empty();
        }
    }

    private void startWire(Transport wire, String option) throws StartFailed {
        start(wire, option);
        wires.add(wire);
    }

    private static void start(Transport wire, String option) throws StartFailed {
        try {
            wire.start();
        } catch (IOException e) {
            throw StartFailed.ofListening(option, e);
        }
    }

    /** Where it listens, wire by wire. */
    List<URI> listening() {
        return wires.stream().flatMap(wire -> wire.listening().stream()).toList();
    }

    /** Where this host itself reaches a wire. */
    private InetSocketAddress own(String scheme) {
        URI uri = listening().stream()
                .filter(listening -> listening.getScheme().equals(scheme))
                .findFirst()
                .orElseThrow();
        InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
        return address.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort())
                : address;
    }

    /** Lets nobody in any more, keeps and tells what is due, ends all connections. Blocks, for {@code grace} at most. */
    void stop(Duration grace) {
        lab.close();
        wires.forEach(Transport::stopAccepting);
        Duration forWires = grace.dividedBy(10);
        try {
            chat.close(grace.minus(forWires.multipliedBy(wires.size())));
            batchWriter.close(); // if nobody delivers any more: its memory is the kernel's
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        wires.forEach(wire -> wire.stop(forWires));
    }
}
