package prosa.application;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import prosa.application.port.Register;
import prosa.domain.Reason;
import prosa.domain.Refused;

/**
 * A register that answers at once, or refuses if a test tells it so; and that other machines may share. Its state is under its monitor.
 */
public final class ScriptedRegister implements Register {
    private final Map<Kind, SortedMap<String, String>> facts = new EnumMap<>(Kind.class);
    private Watcher watcher = (kind, key, value) -> {};
    private Runnable faster = () -> {};
    private boolean full;

    public synchronized void setFull(boolean full) {
        this.full = full;
    }

    /** Another machine keeps a fact, or forgets one. */
    synchronized void changeElsewhere(Kind kind, String key, Optional<String> value) {
        value.ifPresentOrElse(
                now -> ofKind(kind).put(key, now), () -> ofKind(kind).remove(key));
        watcher.changed(kind, key, value);
    }

    /** What is done before the next change, by somebody who is faster. */
    synchronized void beforeTheNext(Runnable change) {
        faster = change;
    }

    @Override
    public synchronized SortedMap<String, String> read(Kind kind) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(ofKind(kind)));
    }

    @Override
    public synchronized CompletionStage<Void> keep(Kind kind, String key, String value) {
        return change(() -> ofKind(kind).put(key, value));
    }

    @Override
    public synchronized CompletionStage<Void> forget(Kind kind, String key) {
        return change(() -> ofKind(kind).remove(key));
    }

    @Override
    public synchronized CompletionStage<Boolean> replace(
            Kind kind, String key, Optional<String> known, Optional<String> next) {
        Runnable first = faster;
        faster = () -> {};
        first.run();
        if (!full && !find(kind, key).equals(known)) {
            return CompletableFuture.completedStage(false);
        }
        return next.map(value -> keep(kind, key, value))
                .orElseGet(() -> forget(kind, key))
                .thenApply(done -> true);
    }

    @Override
    public synchronized void watch(Watcher watcher) {
        this.watcher = watcher;
    }

    private SortedMap<String, String> ofKind(Kind kind) {
        return facts.computeIfAbsent(kind, k -> new TreeMap<>());
    }

    private CompletionStage<Void> change(Runnable change) {
        if (full) {
            return CompletableFuture.failedStage(new Refused(Reason.UNAVAILABLE));
        }
        change.run();
        return CompletableFuture.completedStage(null);
    }
}
