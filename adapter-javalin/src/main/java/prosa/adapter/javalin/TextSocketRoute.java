package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.IdleTimeout;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;
import prosa.application.port.TextSocket;
import prosa.domain.Reason;

/** A {@link TextSocket} on this server: whoever comes is greeted and heard, within the same bounds as on {@code /chat}. */
final class TextSocketRoute {
    private static final long PING_SECONDS = 20;

    /** Milliseconds that a client has to answer our close frame. */
    private static final long CLOSE_TIMEOUT = 2_000;

    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final TextSocket socket;

    TextSocketRoute(TextSocket socket) {
        this.socket = socket;
    }

    void install(RoutesConfig routes) {
        routes.get(socket.path(), Handshake::refuse);
        routes.head(socket.path(), Handshake::refuse);
        routes.ws(socket.path(), javalins -> {});
        routes.wsBeforeUpgrade(socket.path(), TextSocketRoute::chooseNoSubprotocol);
        routes.wsAfterUpgrade(socket.path(), this::takeOver);
    }

    /** Javalin would echo the client's first offer, whatever it is. */
    private static void chooseNoSubprotocol(Context request) {
        request.res().setHeader(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL.asString(), null);
    }

    private void takeOver(Context context) {
        Upgrade.of(context).ifPresent(upgrade -> {
            Client client = new Client(upgrade);
            client.connection = new PlainConnection(upgrade, upgrade.session(client, null), client);
            upgrade.to(client.connection);
        });
    }

    void stop() {
        clients.forEach(client -> client.leave(CloseStatus.SHUTDOWN, "the server stops"));
    }

    /** Jetty's connection, on which our close frame is the last: Jetty would close the socket behind some ({@link ChatSocket#close}). */
    private static final class PlainConnection extends FairConnection {
        private final Client client;

        PlainConnection(Upgrade upgrade, WebSocketCoreSession session, Client client) {
            super(upgrade.endPoint(), upgrade.connector(), session);
            this.client = client;
        }

        void part(CloseStatus status) {
            super.enqueueFrame(new OutgoingEntry.Builder(status.toFrame(), Callback.NOOP).build());
        }

        @Override
        public void enqueueFrame(OutgoingEntry entry) {
            if (client.isClosing()) {
                entry.getCallback().succeeded();
            } else {
                super.enqueueFrame(entry);
            }
        }
    }

    /** One client. Jetty writes: frames of any thread's, in the order of the calls. */
    private final class Client extends FrameReader {
        private final Scheduler scheduler;
        private @Nullable PlainConnection connection;

        Client(Upgrade upgrade) {
            super(upgrade.endPoint(), upgrade.connector().getExecutor());
            this.scheduler = upgrade.connector().getScheduler();
        }

        @Override
        void opened() {
            clients.add(this);
            ByteBuffer greeting = ByteBuffer.wrap(socket.greeting().getBytes(StandardCharsets.UTF_8));
            send(new Frame(OpCode.TEXT, greeting), () -> {});
            pingLater();
        }

        private void pingLater() {
            scheduler.schedule(this::lookAndPing, PING_SECONDS, TimeUnit.SECONDS);
        }

        private void lookAndPing() {
            if (!isHeard(System.nanoTime())) {
                endPoint().close();
            } else if (clients.contains(this)) {
                send(new Frame(OpCode.PING), () -> {});
                pingLater();
            }
        }

        private void send(Frame frame, Runnable sent) {
            session().sendFrame(frame, Callback.from(sent, failed -> sent.run()), false);
        }

        @Override
        boolean heard(TextMessage.Result text) {
            switch (text) {
                case TextMessage.Whole whole -> socket.heard(whole.text());
                case TextMessage.TooLong tooLong -> end(CloseStatus.MESSAGE_TOO_LARGE, Reason.TEXT_TOO_LONG.word());
                case TextMessage.NotUtf8 notUtf8 -> {}
            }
            return true;
        }

        @Override
        void pong(Supplier<Frame> frame, Runnable written) {
            send(frame.get(), written);
        }

        @Override
        void tooFast() {
            leave(CloseStatus.POLICY_VIOLATION, Reason.TOO_FAST.word());
        }

        void leave(int code, String why) {
            if (endPoint() instanceof IdleTimeout clock) {
                clock.notIdle(); // or a client that was silent for longer would be cut off before it could answer
            }
            endPoint().setIdleTimeout(CLOSE_TIMEOUT);
            beginClosing();
            Objects.requireNonNull(connection).part(new CloseStatus(code, why));
        }

        @Override
        void gone() {
            clients.remove(this);
        }
    }
}
