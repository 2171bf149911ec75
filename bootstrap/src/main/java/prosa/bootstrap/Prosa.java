package prosa.bootstrap;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.adapter.javalin.HttpTransport;
import prosa.adapter.javalin.RedirectTransport;
import prosa.adapter.javalin.StreamTransport;
import prosa.adapter.memory.MemoryEngine;
import prosa.adapter.nats.NatsEngine;
import prosa.adapter.sqlite.SqliteCopy;
import prosa.adapter.sqlite.SqliteEngine;
import prosa.adapter.tcp.TcpTransport;
import prosa.adapter.tutorial.TestingSocket;
import prosa.adapter.tutorial.TutorialTransport;
import prosa.adapter.uring.LinuxUserTimeout;
import prosa.adapter.uring.UringWriter;
import prosa.application.Access;
import prosa.application.Chat;
import prosa.application.Descriptors;
import prosa.application.LocalNames;
import prosa.application.port.Encryption;
import prosa.application.port.HistoryUnusable;
import prosa.application.port.HouseClock;
import prosa.application.port.LogUnusable;
import prosa.application.port.MessageEngine;
import prosa.application.port.Names;
import prosa.application.port.Nodes;
import prosa.application.port.Port;
import prosa.application.port.SharedLog;
import prosa.application.port.Transport;
import prosa.bootstrap.Options.History;
import prosa.certificate.Identity;
import prosa.certificate.Unusable;
import prosa.delivery.BatchWriter;
import prosa.delivery.Cadence;
import prosa.lab.page.LabPage;

/**
 * The whole house, wired: an engine that keeps, a chat, and the wires.
 *
 * <p>Started and stopped by one thread.
 */
final class Prosa {
    private static final Logger LOG = LoggerFactory.getLogger(Prosa.class);

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

    /** Who this server is over TLS, for the wires that encrypt; empty without TLS. */
    private final Optional<Identity> identity;

    private final Optional<HttpTransport> http;
    private final Optional<Transport> redirect;
    private final Optional<Transport> tcp;
    private final Optional<Transport> tcps;
    private final Optional<Transport> tutorial;
    private final Wires wires = new Wires();

    private Prosa(
            MessageEngine engine,
            Optional<Identity> identity,
            Access access,
            Options options,
            HouseClock clock,
            ZoneId zone) {
        this.options = options;
        this.identity = identity;
        List<InetAddress> addresses = options.bind().addresses();
        Descriptors left = new Descriptors(DescriptorCount.ofThisProcess());
        batchWriter = options.ioUring() ? new UringWriter() : BatchWriter.NONE;
        chat = new Chat(
                engine, batchWriter, names(engine), nodes(engine), clock, LONGEST_PAUSE, access, options.limits());
        LabReach reach = new LabReach(options, identity, wires, this::relayEntrance);
        lab = new LabPage(addresses, options.labPort(), reach.spoken(), left::isRoom, reach::targets);
        Optional<TutorialTransport> voltage = options.tutorialPort()
                .map(port -> new TutorialTransport(
                        listen -> new StreamTransport(addresses, port.number(), left, chat.arrivals(), listen),
                        new Random()));
        tutorial = voltage.map(Transport.class::cast);
        List<Port> ports = httpPorts();
        http = ports.isEmpty()
                ? Optional.empty()
                : Optional.of(new HttpTransport(
                        chat,
                        addresses,
                        ports,
                        wires::tutorialPort,
                        lab::port,
                        lab::isToken,
                        options.trust(),
                        left,
                        zone,
                        new TestingSocket(),
                        voltage,
                        lab));
        redirect = options.httpPort() instanceof HttpPort.Redirect(int port)
                ? Optional.of(new RedirectTransport(addresses, port, this::httpsPort, left, chat.arrivals()))
                : Optional.empty();
        tcp = port(options.tcpPort(), Optional.empty()).map(port -> lines(port, left, zone));
        tcps = options.tls().flatMap(tls -> port(tls.tcpPort(), encryption())).map(port -> lines(port, left, zone));
    }

    /**
     * @param zone in which people are told the time
     * @throws StartFailed with a line that says what is wrong; nothing is left running
     */
    static Prosa start(Options options, HouseClock clock, ZoneId zone) throws StartFailed {
        HttpTransport.load(); // while SQLite loads: both take long
        MessageEngine engine = engine(options, clock);
        Prosa prosa = new Prosa(engine, identity(options, engine), access(options, engine), options, clock, zone);
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
                case History.Sqlite() -> SqliteEngine.open(options.dataDir(), clock);
                case History.Memory() -> new MemoryEngine(clock, MEMORY_BOUND);
                case History.Nats(SharedLog log) -> shared(log, options.dataDir(), clock);
            };
        } catch (HistoryUnusable e) {
            throw StartFailed.ofHistory("--data-dir", e);
        }
    }

    private static Names names(MessageEngine engine) {
        return engine instanceof NatsEngine shared ? shared.names() : new LocalNames();
    }

    private static Nodes nodes(MessageEngine engine) {
        return engine instanceof NatsEngine shared ? shared.nodes() : Nodes.NONE;
    }

    /** What is kept here is a copy, and what one machine kept in that folder is left as it is. */
    private static MessageEngine shared(SharedLog log, Path folder, HouseClock clock)
            throws HistoryUnusable, StartFailed {
        SqliteCopy copy = SqliteCopy.open(folder, clock);
        try {
            Path alone = folder.resolve(SqliteEngine.FILE);
            if (Files.exists(alone)) {
                LOG.warn(
                        "{} is left as it is, and what was said there is not in the stream: into one without a history,"
                                + " ./prosa move --from {} --to nats://... would take it along",
                        alone,
                        folder);
            }
            Path house = folder.resolve(SqliteEngine.REGISTER);
            if (Files.exists(house)) {
                LOG.warn("{} is not read: what it keeps beside a history all nodes keep in the engine", house);
            }
            return NatsEngine.open(log, copy, copy.register(), clock);
        } catch (LogUnusable e) {
            copy.close();
            throw StartFailed.ofLog("--history", e);
        }
    }

    /** After the engine, which sees to it that the folder is ours alone; lets it go if there is none. */
    private static Optional<Identity> identity(Options options, MessageEngine engine) throws StartFailed {
        if (options.tls().isEmpty()) {
            return Optional.empty();
        }
        Tls.Certificate certificate = options.tls().get().certificate();
        try {
            return Optional.of(
                    switch (certificate) {
                        case Tls.Certificate.Files(Path file, Path key) -> Identity.ofFiles(file, key);
                        case Tls.Certificate.Self() ->
                            Identity.self(options.dataDir(), OwnNames.of(options.bind()), InstantSource.system());
                    });
        } catch (Unusable e) {
            engine.close();
            throw StartFailed.ofCertificate(certificate, e);
        }
    }

    /** A history that is forgotten has the operators whom its folder knows already, and makes no file. */
    private static Access access(Options options, MessageEngine engine) throws StartFailed {
        try {
            Path folder = options.dataDir();
            boolean kept = !(options.history() instanceof History.Memory) || OperatorToken.isIn(folder);
            return new Access(
                    kept ? Optional.of(OperatorToken.of(folder)) : Optional.empty(),
                    options.roomKeys(),
                    Duration.ofDays(options.claimDays()));
        } catch (OperatorToken.Unusable e) {
            engine.close();
            throw StartFailed.ofToken(e);
        }
    }

    private void startWires() throws StartFailed {
        if (http.isPresent()) {
            wires.start(http.get(), "--http-port " + httpPort(), "--https-port " + httpsPort());
        }
        if (redirect.isPresent()) {
            wires.start(redirect.get(), "--http-port " + httpPort());
        }
        if (tcp.isPresent()) {
            wires.start(tcp.get(), "--tcp-port " + options.tcpPort().orElseThrow());
        }
        if (tcps.isPresent()) {
            wires.start(
                    tcps.get(),
                    "--tcp-tls-port " + options.tls().orElseThrow().tcpPort().orElseThrow());
        }
        if (tutorial.isPresent()) {
            wires.startTutorial(tutorial.get(), options.tutorialPort().orElseThrow());
        }
    }

    /** Plain first: of several, that is the one of this server's own. */
    private List<Port> httpPorts() {
        List<Port> ports = new ArrayList<>();
        if (options.httpPort() instanceof HttpPort.Open(int port)) {
            ports.add(Port.plain(port));
        }
        options.tls().flatMap(tls -> port(tls.httpsPort(), encryption())).ifPresent(ports::add);
        return ports;
    }

    private Optional<InetSocketAddress> relayEntrance() {
        return http.flatMap(HttpTransport::relayEntrance);
    }

    private Transport lines(Port port, Descriptors left, ZoneId zone) {
        return new TcpTransport(
                chat, options.bind().addresses(), port, left, new LinuxUserTimeout(), options.language(), zone);
    }

    private static Optional<Port> port(OptionalInt number, Optional<Encryption> encryption) {
        return number.isPresent() ? Optional.of(new Port(number.getAsInt(), encryption)) : Optional.empty();
    }

    private Optional<Encryption> encryption() {
        return identity.map(own -> new Encryption(own.context(), own.parameters()));
    }

    /** The one that was asked for, until the wire says which it got; 0 for none. */
    private int httpsPort() {
        return wires.own("https")
                .map(InetSocketAddress::getPort)
                .orElseGet(() -> options.tls()
                        .map(Tls::httpsPort)
                        .orElse(OptionalInt.empty())
                        .orElse(0));
    }

    private String httpPort() {
        return switch (options.httpPort()) {
            case HttpPort.Open(int port) -> Integer.toString(port);
            case HttpPort.Redirect(int port) -> "redirect:" + port;
            case HttpPort.Off() -> "off";
        };
    }

    /** The fingerprint of the certificate that was made here, if one was. */
    Optional<String> selfMade() {
        return options.tls()
                .filter(tls -> tls.certificate() instanceof Tls.Certificate.Self)
                .flatMap(tls -> identity)
                .map(Identity::fingerprint);
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
        identity.ifPresent(Identity::close);
    }
}
