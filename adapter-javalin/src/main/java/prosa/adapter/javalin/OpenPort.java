package prosa.adapter.javalin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import prosa.application.port.EncryptedPortFailed;
import prosa.application.port.Port;

/**
 * A port on each of a server's addresses. Opened when the server is made, so that a taken one is found before anything starts and all
 * addresses get the same one.
 *
 * <p>Opened and closed by one thread; any may ask.
 */
final class OpenPort {
    /** Bursts of connections wait here; Linux cuts it to net.core.somaxconn. */
    private static final int BACKLOG = 4_096;

    private final Port wanted;
    private final List<ServerConnector> connectors = new CopyOnWriteArrayList<>();
    private volatile int number;

    OpenPort(Port wanted) {
        this.wanted = wanted;
        this.number = wanted.number();
    }

    boolean isEncrypted() {
        return wanted.encryption().isPresent();
    }

    boolean isOf(Connector connector) {
        return connectors.contains(connector);
    }

    boolean isOpen() {
        return !connectors.isEmpty();
    }

    /** Which it is; 0 if that was left open and it is not yet. Any thread. */
    int number() {
        return number;
    }

    /** @throws UncheckedIOException of an {@link EncryptedPortFailed}, if it is encrypted */
    ServerConnector open(Server server, HttpConfiguration http, InetAddress address, HttpServer.Door door) {
        ServerConnector connector = new UnhurriedConnector(server, http, door, wanted.encryption());
        connector.setHost(address.getHostAddress());
        connector.setPort(number);
        connector.setAcceptQueueSize(BACKLOG);
        try {
            connector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(isEncrypted() ? new EncryptedPortFailed(e) : e);
        }
        number = connector.getLocalPort();
        connectors.add(connector);
        return connector;
    }

    void close() {
        connectors.forEach(ServerConnector::close);
    }
}
