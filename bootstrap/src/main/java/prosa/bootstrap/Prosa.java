package prosa.bootstrap;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
import prosa.application.port.HistoryUnusable;
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
    /** What a lab's history in memory may take, in bytes. */
    private static final long MEMORY_BOUND = 64L << 20;

    /** When a start fails: hardly anybody is connected, and the data folder is let go of. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** For measurements only: what a delivery costs against how long it is delayed (docs/performance.md). */
    private static final Duration LONGEST_PAUSE =
            Duration.ofMillis(Integer.getInteger("prosa.pause", (int) Cadence.LONGEST.toMillis()));

    private final Options options;
    private final BatchWriter batchWriter;
    private final Chat chat;
    private final LabPage lab;
    private final Transport http;
    private final Transport tcp;
    private final Optional<Transport> tutorial;
    private final Wires wires = new Wires();

    private Prosa(MessageEngine engine, Options options, HouseClock clock, ZoneId zone) {
        this.options = options;
        List<InetAddress> addresses = options.bind().addresses();
        Descriptors left = new Descriptors(DescriptorCount.ofThisProcess());
        batchWriter = options.ioUring() ? new UringWriter() : BatchWriter.NONE;
        chat = new Chat(engine, batchWriter, new LocalNames(), clock, LONGEST_PAUSE);
        lab = new LabPage(
                addresses, options.labPort(), left::isRoom, () -> new Targets(wires.own("http"), wires.own("tcp")));
        http = new HttpTransport(
                chat,
                addresses,
                options.httpPort(),
                wires::tutorialPort,
                lab::port,
                lab::isToken,
                left,
                zone,
                new TestingSocket(),
                lab);
        tcp = new TcpTransport(
                chat, addresses, options.tcpPort(), left, new LinuxUserTimeout(), options.language(), zone);
        tutorial = options.tutorialPort()
                .map(port -> new TutorialTransport(
                        listen -> new StreamTransport(addresses, port.number(), left, listen), new Random()));
    }

    /**
     * @param zone in which people are told the time
     * @throws StartFailed with a line that says what is wrong; nothing is left running
     */
    static Prosa start(Options options, HouseClock clock, ZoneId zone) throws StartFailed {
        HttpTransport.load(); // while SQLite loads: both take long
        Prosa prosa = new Prosa(engine(options, clock), options, clock, zone);
        prosa.chat.start();
        try {
            prosa.startWires();
            prosa.batchWriter.open(); // not before: it would take its time from the start
            return prosa;
        } catch (StartFailed e) {
            prosa.stop(AT_ONCE);
            throw e;
        }
    }

    private static MessageEngine engine(Options options, HouseClock clock) throws StartFailed {
        try {
            return switch (options.history()) {
                case SQLITE -> SqliteEngine.open(options.dataDir(), clock);
                case MEMORY -> new MemoryEngine(clock, MEMORY_BOUND);
            };
        } catch (HistoryUnusable e) {
            throw StartFailed.ofHistory("--data-dir", e);
        }
    }

    private void startWires() throws StartFailed {
        wires.start(http, "--http-port " + options.httpPort());
        wires.start(tcp, "--tcp-port " + options.tcpPort());
        if (tutorial.isPresent()) {
            wires.startTutorial(tutorial.get(), options.tutorialPort().orElseThrow());
        }
    }

    /** Where it listens, wire by wire. */
    List<URI> listening() {
        return wires.listening();
    }

    /** Lets nobody in any more, keeps and tells what is due, ends all connections. Blocks, for {@code grace} at most. */
    void stop(Duration grace) {
        lab.close();
        wires.stopAccepting();
        Duration forWires = grace.dividedBy(10);
        try {
            chat.close(grace.minus(forWires.multipliedBy(wires.count())));
            batchWriter.close(); // if nobody delivers any more: its memory is the kernel's
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        wires.stop(forWires);
    }
}
