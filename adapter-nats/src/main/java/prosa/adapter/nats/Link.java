package prosa.adapter.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.SharedLog;

/**
 * One connection to the engine, until it breaks: then it is cut, and another is made. It does not connect again by itself, as what waits in
 * it to be sent would be sent then, after it was refused. Any thread.
 */
final class Link implements AutoCloseable {
    /** For all that is asked of the engine, and for its answer to a connection. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The engine's number for a place or a subject without a message ({@code JSNoMessageFoundErr} in nats-server's errors.json). */
    private static final int NO_MESSAGE = 10_037;

    private static final Duration PING = Duration.ofSeconds(2);
    private static final Duration WRITE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private final int number;
    private final Connection connection;
    private final JetStream stream;
    private final JetStreamManagement management;
    private final Complaints complaints;
    private volatile Optional<String> end = Optional.empty();

    private Link(
            int number,
            Connection connection,
            JetStream stream,
            JetStreamManagement management,
            Complaints complaints) {
        this.complaints = complaints;
        this.number = number;
        this.connection = connection;
        this.stream = stream;
        this.management = management;
    }

    /**
     * Connects to any of the servers. Blocks, for two seconds and each of them at most.
     *
     * @param number of this link, among those that there were
     * @throws IOException with the reason in one line
     */
    static Link open(SharedLog log, int number) throws IOException, InterruptedException {
        return open(log, number, PATIENCE);
    }

    /** @param patience for what is asked of the engine */
    static Link open(SharedLog log, int number, Duration patience) throws IOException, InterruptedException {
        Complaints complaints = new Complaints();
        Options.Builder options = new Options.Builder()
                .servers(log.servers().stream().map(URI::toString).toArray(String[]::new))
                .connectionName("prosa")
                .noReconnect()
                .reconnectBufferSize(0)
                .connectionTimeout(PATIENCE)
                .pingInterval(PING)
                .maxPingsOut(2)
                .socketWriteTimeout(WRITE)
                .dontForceFlushOnRequest()
                .errorListener(complaints)
                .connectionListener((ConnectionListener) (at, type) -> LOG.debug("{}", type));
        log.credentials().ifPresent(file -> options.authHandler(Nats.credentials(file.toString())));
        try {
            Connection connection = Nats.connect(options.build());
            JetStreamOptions patient =
                    JetStreamOptions.builder().requestTimeout(patience).build();
            return new Link(
                    number,
                    connection,
                    connection.jetStream(patient),
                    connection.jetStreamManagement(patient),
                    complaints);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** What goes wrong shows by what it does: an answer that is missing, or a connection that has ended. Then it helps to know why. */
    private static final class Complaints implements ErrorListener {
        private volatile Optional<String> last = Optional.empty();

        @Override
        public void errorOccurred(Connection connection, String error) {
            last = Optional.of(error);
        }

        @Override
        public void exceptionOccurred(Connection connection, Exception e) {
            LOG.debug("{}", e.toString());
        }
    }

    int number() {
        return number;
    }

    Connection connection() {
        return connection;
    }

    JetStream stream() {
        return stream;
    }

    JetStreamManagement management() {
        return management;
    }

    String version() {
        return connection.getServerInfo().getVersion();
    }

    /** Hands a message to the engine; completes with its answer, on a thread that must not block. Blocks only if that is slow to read. */
    CompletableFuture<PublishAck> publish(String subject, Envelope envelope) {
        if (!isOpen()) {
            return CompletableFuture.failedFuture(new IOException("the connection has ended"));
        }
        try {
            return stream.publishAsync(NatsMessage.builder()
                    .subject(subject)
                    .headers(envelope.headers())
                    .data(envelope.body())
                    .build());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(new IOException(e.getMessage(), e));
        }
    }

    /** A stream as it is now. Blocks. */
    StreamInfo look(String stream) throws IOException {
        try {
            return management.getStreamInfo(stream);
        } catch (JetStreamApiException e) {
            throw new IOException(e.getMessage(), e);
        } catch (RuntimeException e) {
            throw ended(e);
        }
    }

    /** What stands at a place of a stream; empty if nothing does. Blocks. */
    Optional<MessageInfo> find(String stream, long sequence) throws IOException, JetStreamApiException {
        return ifThere(() -> management.getMessage(stream, sequence));
    }

    /** The first of a subject that stands at a place of a stream or behind it. Blocks. */
    Optional<MessageInfo> next(String stream, long from, String subject) throws IOException, JetStreamApiException {
        return ifThere(() -> management.getNextMessage(stream, from, subject));
    }

    /** All that stands in a stream from there on, and what comes, in its order, by a consumer that pushes. Blocks. */
    JetStreamSubscription follow(String stream, long from) throws IOException {
        ConsumerConfiguration begin = ConsumerConfiguration.builder()
                .deliverPolicy(DeliverPolicy.ByStartSequence)
                .startSequence(from)
                .build();
        PushSubscribeOptions ordered = PushSubscribeOptions.builder().ordered(true).stream(stream)
                .configuration(begin)
                .build();
        try {
            return this.stream.subscribe(null, ordered);
        } catch (JetStreamApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The last of a subject that stands in a stream. Blocks. */
    Optional<MessageInfo> last(String stream, String subject) throws IOException, JetStreamApiException {
        return ifThere(() -> management.getLastMessage(stream, subject));
    }

    private interface Question {
        MessageInfo ask() throws IOException, JetStreamApiException;
    }

    private Optional<MessageInfo> ifThere(Question question) throws IOException, JetStreamApiException {
        try {
            return Optional.of(question.ask());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_MESSAGE) {
                return Optional.empty();
            }
            throw e;
        } catch (RuntimeException e) {
            throw ended(e);
        }
    }

    /** What the library finds closed under its hands it may throw anything about. */
    private IOException ended(RuntimeException e) {
        if (isOpen()) {
            throw e;
        }
        return new IOException(why(), e);
    }

    boolean isOpen() {
        return end.isEmpty() && connection.getStatus() == Connection.Status.CONNECTED;
    }

    /** Why it has ended; what is known of that. */
    String why() {
        return end.orElse("the connection has ended");
    }

    /** What went wrong, and what the engine has complained of, if it has. */
    String explained(String why) {
        return complaints.last.map(said -> why + " (" + said + ")").orElse(why);
    }

    /** Nothing more goes over it, and what waits in it is dropped. */
    void cut(String why) {
        if (end.isEmpty()) {
            end = Optional.of(explained(why));
        }
        close();
    }

    @Override
    public void close() {
        if (end.isEmpty()) {
            end = Optional.of("closed");
        }
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
