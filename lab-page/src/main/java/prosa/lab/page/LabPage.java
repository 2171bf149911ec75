package prosa.lab.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.lab.Wire;

/**
 * The control of the page {@code /lab}: routes under {@code /lab/sessions}, and a port of its own that is open while somebody looks at
 * the page. A session lives as long as the page reads its events.
 *
 * <p>All methods may be called on any thread.
 */
public final class LabPage implements Consumer<RoutesConfig>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LabPage.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** 129 bits in base 36, which is what a room's name may be written with. */
    private static final int ROOM_SIGNS = 25;

    private static final long FORGOTTEN_MILLIS = 10_000;
    private static final long GATE_SECONDS = 60;
    private static final long SWEEP_SECONDS = 5;
    private static final long HEARTBEAT_MILLIS = 1_000;

    private final Supplier<Optional<Targets>> targets;
    private final Gate gate;
    private final Sessions sessions = new Sessions();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("lab-sweeper").factory());
    private volatile long lastAsked = System.nanoTime();

    /**
     * @param addresses where the server listens
     * @param port of the lab, 0 for any that is free
     * @param room whether the process has descriptors left for one more connection
     * @param targets asked for each session; empty where the server is not up
     */
    public LabPage(
            List<InetAddress> addresses,
            int port,
            Spoken spoken,
            BooleanSupplier room,
            Supplier<Optional<Targets>> targets) {
        this.gate = new Gate(addresses, port, spoken, sessions::find, room, Gate.HEAD_PATIENCE);
        this.targets = targets;
        var unused = sweeper.scheduleWithFixedDelay(this::sweepOrSay, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** The lab's port, while it is open. */
    public OptionalInt port() {
        return gate.port();
    }

    /** Whether a session goes by it. Only its page has been told. */
    public boolean isToken(String token) {
        return sessions.find(token).isPresent();
    }

    @Override
    public void accept(RoutesConfig routes) {
        routes.before("/lab/", this::allowConnections);
        routes.post("/lab/sessions", this::begin);
        routes.get(
                "/lab/sessions/{token}/clock",
                request -> session(request).ifPresent(session -> {
                    request.header("Cache-Control", "no-store");
                    answer(request, HttpStatus.OK, new Report("clock", session.now()));
                }));
        routes.post(
                "/lab/sessions/{token}/probe",
                request -> session(request).ifPresent(session -> {
                    session.probe().setResumes(!"false".equals(request.queryParam("resume")));
                    request.status(HttpStatus.NO_CONTENT);
                }));
        routes.post(
                "/lab/sessions/{token}/connections/{wire}/fault",
                request -> session(request).ifPresent(session -> befall(request, session)));
        routes.sse("/lab/sessions/{token}/events", this::follow);
    }

    /** The page's scripts may connect to the lab's port, and no other page's: the port opens when the page is asked for. */
    private void allowConnections(Context request) {
        lastAsked = System.nanoTime();
        String policy = request.res().getHeader("Content-Security-Policy");
        String host = request.req().getServerName();
        if (policy == null || !host.matches("[A-Za-z0-9.:\\[\\]-]+")) {
            return;
        }
        // A page that came over TLS may connect to nothing in the clear.
        String places =
                request.req().isSecure() ? "https://%1$s:%2$d wss://%1$s:%2$d " : "http://%1$s:%2$d ws://%1$s:%2$d ";
        openGate()
                .ifPresent(port -> request.header(
                        "Content-Security-Policy",
                        policy.replace("connect-src ", "connect-src " + places.formatted(host, port))));
    }

    private Optional<Integer> openGate() {
        try {
            return Optional.of(gate.open());
        } catch (IOException e) {
            LOG.warn("The lab's port can't be opened: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void begin(Context request) {
        Optional<Targets> reached = targets.get();
        Optional<Integer> port = reached.flatMap(there -> openGate());
        Optional<Session> begun =
                port.flatMap(open -> sessions.begin(request.ip(), () -> newSession(reached.orElseThrow())));
        if (begun.isEmpty()) {
            request.header("Retry-After", "10");
            refuse(request, HttpStatus.SERVICE_UNAVAILABLE, port.isEmpty() ? "no-port" : "too-many");
            return;
        }
        Session session = begun.get();
        answer(
                request,
                HttpStatus.CREATED,
                new Report("session", session.now())
                        .with("token", session.token())
                        .with("room", session.room())
                        .with("port", port.get()));
    }

    /** The server lists no room that is called so (docs/protocol.md), and nobody guesses it: the session has it to itself. */
    private Session newSession(Targets reached) {
        String room = RANDOM.ints(ROOM_SIGNS, 0, Character.MAX_RADIX)
                .mapToObj(sign -> Integer.toString(sign, Character.MAX_RADIX))
                .collect(Collectors.joining("", "lab--", ""));
        return new Session(token(), room, reached);
    }

    private void follow(SseClient client) {
        Optional<Session> session = session(client.ctx());
        if (session.isEmpty()) {
            return;
        }
        client.keepAlive();
        client.onClose(() -> end(session.get()));
        if (!session.get().follow(client::close)) {
            client.close();
            return;
        }
        Thread.ofVirtual().name("lab-events").start(() -> report(session.get(), client));
    }

    private static void report(Session session, SseClient client) {
        try {
            while (!session.isClosed()) {
                Report report = session.next(HEARTBEAT_MILLIS);
                if (client.terminated()) {
                    return;
                }
                if (report == null) {
                    client.sendComment("");
                } else {
                    client.sendEvent(report.name(), report.json());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            session.close();
        }
    }

    private void befall(Context request, Session session) {
        Optional<Wire> wire = Stream.of(Wire.values())
                .filter(known -> known.id().equals(request.pathParam("wire")))
                .findFirst();
        Optional<FaultName> fault =
                Optional.ofNullable(request.queryParam("is")).flatMap(FaultName::of);
        if (wire.isEmpty() || fault.isEmpty()) {
            refuse(request, HttpStatus.BAD_REQUEST, "malformed");
        } else if (session.befall(wire.get(), fault.get())) {
            request.status(HttpStatus.NO_CONTENT);
        } else {
            refuse(request, HttpStatus.CONFLICT, "no-connection");
        }
    }

    private Optional<Session> session(Context request) {
        Optional<Session> session = sessions.find(request.pathParam("token"));
        if (session.isEmpty()) {
            refuse(request, HttpStatus.NOT_FOUND, "not-found");
        }
        return session;
    }

    private static void refuse(Context request, HttpStatus status, String reason) {
        answer(request, status, new Report("refused").with("reason", reason));
    }

    private static void answer(Context request, HttpStatus status, Report report) {
        request.status(status).contentType("application/json").result(report.json());
    }

    private static String token() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void end(Session session) {
        sessions.remove(session);
        session.close();
        lastAsked = System.nanoTime();
    }

    /** The executor would keep to itself what is thrown here, and sweep no more. What is no exception is for those who end the process. */
    private void sweepOrSay() {
        try {
            sweep();
        } catch (RuntimeException e) {
            LOG.error("The lab could not be swept; it will be again", e);
        } catch (Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            throw e;
        }
    }

    private void sweep() {
        sessions.all().stream()
                .filter(session -> session.isClosed() || session.isForgotten(FORGOTTEN_MILLIS))
                .toList()
                .forEach(this::end);
        if (sessions.all().isEmpty() && System.nanoTime() - lastAsked > TimeUnit.SECONDS.toNanos(GATE_SECONDS)) {
            gate.close();
        }
    }

    /** Ends all sessions and closes the port. */
    @Override
    public void close() {
        sweeper.shutdownNow();
        sessions.all().forEach(this::end);
        gate.close();
    }
}
