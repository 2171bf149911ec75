package prosa.bootstrap;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import prosa.application.Access;
import prosa.application.port.Limits;
import prosa.application.port.Secret;
import prosa.application.port.SharedLog;
import prosa.application.port.Trust;
import prosa.domain.RoomName;
import prosa.language.Language;

/**
 * How this Prosa is to run.
 *
 * @param httpPort port of the page, WebSocket, feed and HTTP
 * @param tcpPort port of telnet and programs; 0 is any free one, empty is closed
 * @param tls the encrypted ports, empty if there are none
 * @param tutorialPort port of the SSE tutorial, empty if it is off
 * @param labPort port of the lab's relay, which is open while somebody looks at that page; 0 is any free one
 * @param bind the addresses to listen on
 * @param dataDir folder of the history, made if need be; relative to the current directory
 * @param history the engine that keeps the messages
 * @param language in which TCP talks to people
 * @param ioUring whether many connections may be written to in one system call, where the kernel has that
 * @param trust which proxies and pages are believed what
 * @param roomKeys of rooms that are closed for good
 * @param claimDays a claimed name is anybody's again after so many days without use
 * @param limits how much people and addresses may do
 */
record Options(
        HttpPort httpPort,
        OptionalInt tcpPort,
        Optional<Tls> tls,
        Optional<TutorialPort> tutorialPort,
        int labPort,
        Bind bind,
        Path dataDir,
        History history,
        Language language,
        boolean ioUring,
        Trust trust,
        Map<RoomName, Secret.Hash> roomKeys,
        int claimDays,
        Limits limits) {
    static final int MAX_PORT = 65_535;
    static final int MAX_CLAIM_DAYS = 9_999;

    /** The property by which {@code ./prosa} says how much memory it has given. */
    private static final String LAUNCHED = "prosa.memory";

    /**
     * @throws IllegalArgumentException if a port is none, if none is open, if HTTP is to lead to HTTPS and that is closed, or if claims are
     *     over before they begin
     */
    Options {
        roomKeys = Map.copyOf(roomKeys);
        tcpPort.ifPresent(Options::requirePort);
        requirePort(labPort);
        boolean https = tls.isPresent() && tls.get().httpsPort().isPresent();
        if (httpPort instanceof HttpPort.Redirect && !https) {
            throw new IllegalArgumentException("there is no HTTPS to lead to");
        }
        boolean encrypted = tls.isPresent() && tls.get().isOpen();
        if (httpPort instanceof HttpPort.Off && tcpPort.isEmpty() && !encrypted) {
            throw new IllegalArgumentException("all ports are closed");
        }
        if (claimDays < 1 || claimDays > MAX_CLAIM_DAYS) {
            throw new IllegalArgumentException("not so many days: " + claimDays);
        }
    }

    /** Without trust in anybody, with open rooms, without limits, and with claims that last as long as usual. */
    Options(
            HttpPort httpPort,
            OptionalInt tcpPort,
            Optional<Tls> tls,
            Optional<TutorialPort> tutorialPort,
            int labPort,
            Bind bind,
            Path dataDir,
            History history,
            Language language,
            boolean ioUring) {
        this(
                httpPort,
                tcpPort,
                tls,
                tutorialPort,
                labPort,
                bind,
                dataDir,
                history,
                language,
                ioUring,
                Trust.NONE,
                Map.of(),
                Access.CLAIM_DAYS,
                Limits.NONE);
    }

    /** Without TLS. */
    Options(
            int httpPort,
            int tcpPort,
            Optional<TutorialPort> tutorialPort,
            int labPort,
            Bind bind,
            Path dataDir,
            History history,
            Language language,
            boolean ioUring) {
        this(
                new HttpPort.Open(httpPort),
                OptionalInt.of(tcpPort),
                Optional.empty(),
                tutorialPort,
                labPort,
                bind,
                dataDir,
                history,
                language,
                ioUring);
    }

    /** Reads a command line and, for what it leaves out, the environment. Never throws, never prints. */
    static Parsed parse(List<String> args, Map<String, String> env) {
        return new OptionsParser(env, System.getProperty(LAUNCHED) != null).parse(args);
    }

    static void requirePort(int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    /**
     * The port of the SSE tutorial.
     *
     * @param number 0 is any free one
     * @param asked whether someone chose it. If not and it is taken, Prosa starts without the tutorial: nobody asked for it.
     */
    record TutorialPort(int number, boolean asked) {
        /** @throws IllegalArgumentException if it is no port */
        TutorialPort {
            requirePort(number);
        }
    }

    /** The engines that keep messages. */
    sealed interface History {
        /** A file of this machine's. */
        History SQLITE = new Sqlite();

        /** Nothing is kept. */
        History MEMORY = new Memory();

        /** A file of this machine's. */
        record Sqlite() implements History {}

        /** Nothing is kept. */
        record Memory() implements History {}

        /** JetStream, which several Prosas share. */
        record Nats(SharedLog log) implements History {}
    }
}
