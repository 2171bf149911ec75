package prosa.application;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import prosa.application.port.Register;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** A register that answers at once, or refuses if a test tells it so. Its state is under its monitor. */
public final class ScriptedRegister implements Register {
    private final Map<Kind, SortedMap<String, String>> facts = new EnumMap<>(Kind.class);
    private boolean full;

    public synchronized void setFull(boolean full) {
        this.full = full;
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
