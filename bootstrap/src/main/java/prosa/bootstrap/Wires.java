package prosa.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.EncryptedPortFailed;
import prosa.application.port.Transport;

/**
 * The wires that are up.
 *
 * <p>Started and stopped by one thread. Any thread may ask where they listen.
 */
final class Wires {
    private static final Logger LOG = LoggerFactory.getLogger(Wires.class);

    private final List<Transport> started = new CopyOnWriteArrayList<>();
    private volatile OptionalInt tutorialPort = OptionalInt.empty();

    /**
     * A wire of one port.
     *
     * @param option by which somebody chose it
     */
    void start(Transport wire, String option) throws StartFailed {
        start(wire, option, option);
    }

    /**
     * @param option by which somebody chose its port
     * @param encrypted by which somebody chose the one over TLS
     */
    void start(Transport wire, String option, String encrypted) throws StartFailed {
        startAlone(wire, option, encrypted);
        started.add(wire);
    }

    /** It is told of first, as ever. If nobody asked for its port, that may be taken: then it is gone without. */
    void startTutorial(Transport tutorial, Options.TutorialPort port) throws StartFailed {
        try {
            String option = "--tutorial-port " + port.number();
            startAlone(tutorial, option, option);
        } catch (StartFailed e) {
            if (port.asked()) {
                throw e;
            }
            LOG.warn("{}; going on without the SSE tutorial", e.getMessage());
            return;
        }
        started.addFirst(tutorial);
        tutorialPort = OptionalInt.of(tutorial.listening().getFirst().getPort());
    }

    private static void startAlone(Transport wire, String option, String encrypted) throws StartFailed {
        try {
            wire.start();
        } catch (EncryptedPortFailed e) {
            throw StartFailed.ofListening(encrypted, e);
        } catch (IOException e) {
            throw StartFailed.ofListening(option, e);
        }
    }

    /** Where they listen, wire by wire. */
    List<URI> listening() {
        return started.stream().flatMap(wire -> wire.listening().stream()).toList();
    }

    /** The tutorial's port, while it is up. */
    OptionalInt tutorialPort() {
        return tutorialPort;
    }

    /** Where this host itself reaches a wire, if that is open. */
    Optional<InetSocketAddress> own(String scheme) {
        return listening().stream()
                .filter(listening -> listening.getScheme().equals(scheme))
                .findFirst()
                .map(Wires::own);
    }

    private static InetSocketAddress own(URI uri) {
        InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
        return address.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort())
                : address;
    }

    int count() {
        return started.size();
    }

    void stopAccepting() {
        started.forEach(Transport::stopAccepting);
    }

    /** @param grace for each */
    void stop(Duration grace) {
        started.forEach(wire -> wire.stop(grace));
    }
}
