package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import prosa.application.Chat;
import prosa.dialect.JsonDialect;

/**
 * {@code /health}: whether the house delivers, for who would start it again if it does not. {@code /ready}: whether messages can be kept
 * as well, for who would send people elsewhere.
 */
final class HealthRoute {
    /** The delivery thread turns once a second even if there is nothing to do. */
    private static final Duration STALLED_AFTER = Duration.ofSeconds(10);

    /** Who asks gets an answer however long the delivery thread takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Chat chat;
    private final Executor answerers;
    private final Duration stalledAfter;

    /** @param answerers writes responses: the chat's answers come on threads that must not block */
    HealthRoute(Chat chat, Executor answerers) {
        this(chat, answerers, STALLED_AFTER);
    }

    HealthRoute(Chat chat, Executor answerers, Duration stalledAfter) {
        this.chat = chat;
        this.answerers = answerers;
        this.stalledAfter = stalledAfter;
    }

    void install(RoutesConfig routes) {
        routes.get("/health", this::health);
        routes.head("/health", this::health);
        routes.get("/ready", this::ready);
        routes.head("/ready", this::ready);
    }

    private void health(Context request) {
        request.header("Cache-Control", "no-store");
        Query.of(request).allowing(Set.of());
        Optional<String> stall = stall();
        if (stall.isPresent()) {
            refuse(request, stall.get());
            return;
        }
        request.future(() -> chat.position()
                .toCompletableFuture()
                .completeOnTimeout(chat.lastPosition(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .thenAcceptAsync(position -> answer(request, HttpStatus.OK, JsonDialect.healthy(position)), answerers));
    }

    private void ready(Context request) {
        request.header("Cache-Control", "no-store");
        Query.of(request).allowing(Set.of());
        stall().or(chat::outage)
                .ifPresentOrElse(
                        because -> refuse(request, because), () -> answer(request, HttpStatus.OK, JsonDialect.ready()));
    }

    private Optional<String> stall() {
        Duration since = chat.sinceLastTurn();
        return since.compareTo(stalledAfter) < 0
                ? Optional.empty()
                : Optional.of("the delivery thread has not turned for " + since.toSeconds() + " s");
    }

    private static void refuse(Context request, String because) {
        answer(request, HttpStatus.SERVICE_UNAVAILABLE, JsonDialect.unavailable(because));
    }

    private static void answer(Context request, HttpStatus status, String json) {
        request.status(status).contentType("application/json").result(json);
    }
}
