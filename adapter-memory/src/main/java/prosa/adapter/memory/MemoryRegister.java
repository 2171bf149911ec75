package prosa.adapter.memory;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import prosa.application.port.Register;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** Facts that are forgotten at the end, with the history beside which they are kept. Stages are complete on return. */
final class MemoryRegister implements Register {
    private final Map<Kind, NavigableMap<String, String>> facts = new ConcurrentHashMap<>();
    private volatile boolean closed;

    @Override
    public SortedMap<String, String> read(Kind kind) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(of(kind)));
    }

    @Override
    public CompletionStage<Void> keep(Kind kind, String key, String value) {
        return change(() -> of(kind).put(key, value));
    }

    @Override
    public CompletionStage<Void> forget(Kind kind, String key) {
        return change(() -> of(kind).remove(key));
    }

    private NavigableMap<String, String> of(Kind kind) {
        return facts.computeIfAbsent(kind, asked -> new ConcurrentSkipListMap<>());
    }

    private CompletionStage<Void> change(Runnable change) {
        if (closed) {
            return CompletableFuture.failedStage(new Refused(Reason.UNAVAILABLE));
        }
        change.run();
        return CompletableFuture.completedStage(null);
    }

    /** Keeps nothing more. */
    void close() {
        closed = true;
    }
}
