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
import org.eclipse.jetty.io.IdleTimeout;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;
import prosa.domain.Reason;

/** {@code /testing}: the server of the course's WebSocket tutorial. It greets, and logs what it is told. */
final class TestingSocket {
    private static final String GREETING = "Msg from server";
    private static final int LOGGED = 200;
    private static final long PING_SECONDS = 20;

    /** Milliseconds that a client has to answer our close frame. */
    private static final long CLOSE_TIMEOUT = 2_000;

    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final TestingLog log = new TestingLog();

    void install(RoutesConfig routes) {
        routes.get("/testing", Handshake::refuse);
        routes.head("/testing", Handshake::refuse);
        routes.ws("/testing", socket -> {});
        routes.wsAfterUpgrade("/testing", this::takeOver);
    }

    private void takeOver(Context context) {
        Upgrade.of(context).ifPresent(upgrade -> {
            Client client = new Client(upgrade);
            client.connection = new TestingConnection(upgrade, upgrade.session(client, null), client);
            upgrade.to(client.connection);
        });
    }

    void stop() {
        clients.forEach(client -> client.leave(CloseStatus.SHUTDOWN, "the server stops"));
    }

    /** Jetty's connection, on which our close frame is the last: Jetty would close the socket behind some ({@link ChatSocket#close}). */
    private static final class TestingConnection extends FairConnection {
        private final Client client;

        TestingConnection(Upgrade upgrade, WebSocketCoreSession session, Client client) {
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
        private @Nullable TestingConnection connection;

        Client(Upgrade upgrade) {
            super(upgrade.endPoint(), upgrade.connector().getExecutor());
            this.scheduler = upgrade.connector().getScheduler();
        }

        @Override
        void opened() {
            clients.add(this);
            send(new Frame(OpCode.TEXT, ByteBuffer.wrap(GREETING.getBytes(StandardCharsets.UTF_8))), () -> {});
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
                case TextMessage.Whole whole -> log.heard(visible(whole.text()), scheduler);
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

    /** At most 200 characters, and no control characters: a client must not write lines of its own into the log. */
    static String visible(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LOGGED).forEach(c -> {
            if (isInvisible(c)) {
                shown.append(c > 0xFFFF ? String.format("\\u{%x}", c) : String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
