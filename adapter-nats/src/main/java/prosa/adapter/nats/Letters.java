package prosa.adapter.nats;

import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.Act;
import prosa.application.port.Deed;
import prosa.application.port.Event;
import prosa.application.port.Nodes;
import prosa.delivery.Collapse;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * The other nodes: who is there says the {@link Roster}, and what is for one of them goes there by core NATS, as a request that is in no stream
 * and is answered within {@link #PATIENCE} or not at all.
 *
 * <p>Any thread. What goes out does so on a thread of its own, as the library may block.
 */
final class Letters implements Nodes, AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(NatsEngine.class);

    private final Places places;
    private final Roster roster;
    private final String run;
    private final Supplier<Optional<Link>> link;
    private final ExecutorService sending = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("prosa-nats-letters").factory());
    private volatile Optional<Listener> listener = Optional.empty();

    /** @param link that there is, even if the copy is behind */
    Letters(Places places, Roster roster, String run, Supplier<Optional<Link>> link) {
        this.places = places;
        this.roster = roster;
        this.run = run;
        this.link = link;
    }

    @Override
    public void start(Listener those) {
        listener = Optional.of(those);
        roster.tellTo(those);
    }

    @Override
    public Optional<Seat> find(String token) {
        return roster.find(token);
    }

    @Override
    public CompletionStage<Void> tell(RoomName room, Event.Whisper whisper) {
        return ask(room, whisper.to(), Letter.of(room, whisper), answer -> null);
    }

    @Override
    public CompletionStage<Deed> perform(RoomName room, Name name, Name by, Act act) {
        return ask(
                room,
                name,
                Letter.of(room, by, act),
                answer -> Letter.deed(answer).orElseThrow(() -> new Refused(Reason.UNAVAILABLE)));
    }

    private <T> CompletionStage<T> ask(RoomName room, Name name, Letter letter, Function<Letter, T> reading) {
        Optional<String> at = roster.run(room, name);
        if (at.isEmpty()) {
            return CompletableFuture.failedStage(new Refused(Reason.NOT_HERE));
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean sent = send(there -> there.connection()
                .requestWithTimeout(message(places.node(at.get()), letter), PATIENCE)
                .whenComplete((reply, failure) -> answered(reply, failure, reading, answer)));
        if (!sent) {
            answer.completeExceptionally(new Refused(Reason.UNAVAILABLE));
        }
        // The library looks at what is overdue every few seconds only.
        CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> answer.completeExceptionally(new Refused(Reason.UNAVAILABLE)));
        return answer;
    }

    private static <T> void answered(
            Message reply, Throwable failure, Function<Letter, T> reading, CompletableFuture<T> answer) {
        if (failure != null || reply == null || reply.isStatusMessage()) {
            answer.completeExceptionally(new Refused(Reason.UNAVAILABLE));
            return;
        }
        try {
            Letter letter = Letter.of(reply);
            letter.requireNotRefused();
            answer.complete(reading.apply(letter));
        } catch (Refused refused) {
            answer.completeExceptionally(refused);
        }
    }

    private static NatsMessage message(String subject, Letter letter) {
        return NatsMessage.builder()
                .subject(subject)
                .headers(letter.headers())
                .data(letter.body())
                .build();
    }

    private interface Sending {
        void over(Link link);
    }

    /** @return whether there is a link */
    private boolean send(Sending letter) {
        Optional<Link> there = link.get();
        try {
            there.ifPresent(open -> sending.execute(() -> {
                try {
                    letter.over(open);
                } catch (RuntimeException e) {
                    LOG.debug("A letter was not sent: {}", e.getMessage());
                }
            }));
            return there.isPresent();
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    /** Hears the others over another link. */
    void begin(Link now) {
        listener.ifPresent(those -> {
            Dispatcher dispatcher = now.connection().createDispatcher(message -> {
                try {
                    hear(those, message, now);
                } catch (RuntimeException | Error e) {
                    throw Collapse.of("prosa-nats-letters", e);
                }
            });
            dispatcher.subscribe(places.node(run));
        });
    }

    private void hear(Listener those, Message message, Link now) {
        Letter letter = Letter.of(message);
        if (message.getReplyTo() == null) {
            return;
        }
        try {
            answer(those, letter)
                    .whenComplete((reply, failure) ->
                            reply(now, message, failure == null ? reply : Letter.refused(reason(failure))));
        } catch (Refused refused) {
            reply(now, message, Letter.refused(refused.reason()));
        }
    }

    private static CompletionStage<Letter> answer(Listener those, Letter letter) {
        RoomName room = letter.room();
        if (letter.field(Letter.KIND).equals(Letter.WHISPER)) {
            return those.told(room, letter.whisper()).thenApply(told -> Letter.done());
        }
        return those.asked(room, letter.by(), letter.act()).thenApply(Letter::of);
    }

    private static Reason reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return failure instanceof Refused refused
                ? refused.reason()
                : cause instanceof Refused refused ? refused.reason() : Reason.UNAVAILABLE;
    }

    private void reply(Link now, Message asked, Letter letter) {
        try {
            sending.execute(() -> {
                try {
                    now.connection().publish(asked.getReplyTo(), letter.headers(), letter.body());
                } catch (RuntimeException e) {
                    LOG.debug("An answer was not sent: {}", e.getMessage());
                }
            });
        } catch (RejectedExecutionException _) {
            LOG.debug("An answer was not sent: this node ends");
        }
    }

    @Override
    public void close() {
        sending.shutdown();
    }
}
