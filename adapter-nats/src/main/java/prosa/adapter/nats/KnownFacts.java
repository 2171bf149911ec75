package prosa.adapter.nats;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import prosa.application.port.Register;
import prosa.application.port.Register.Kind;
import prosa.application.port.Register.Watcher;

/**
 * The facts that the bucket has, as far as it was read, and a copy of them on this machine's disk, by which a start goes that finds no
 * engine. Any thread reads; all else belongs to the register's.
 */
final class KnownFacts {
    /** So many changes at the most wait for the copy's disk. */
    private static final int UNSYNCED = 1_000;

    private final Register copy;
    private final Map<Kind, NavigableMap<String, String>> byKind = new ConcurrentHashMap<>();
    private final Map<Fact, Known> known = new HashMap<>();

    /** What was there before the bucket began to be read anew, and has not been found in it. */
    private final Set<Fact> unfound = new HashSet<>();

    private volatile Watcher watcher = (kind, key, value) -> {};
    private int copied;

    /**
     * What is known of a fact.
     *
     * @param revision of its entry; 0 if there is none
     * @param value empty if it was forgotten
     * @param at when it was read, on {@link System#nanoTime()}'s clock
     */
    record Known(long revision, Optional<String> value, long at) {
        static final Known NOTHING = new Known(0, Optional.empty(), 0);
    }

    /** @param copy from which it begins */
    KnownFacts(Register copy) {
        this.copy = copy;
        for (Kind kind : Kind.values()) {
            copy.read(kind).forEach((key, value) -> {
                of(kind).put(key, value);
                known.put(new Fact(kind, key), new Known(0, Optional.of(value), 0));
            });
        }
    }

    private NavigableMap<String, String> of(Kind kind) {
        return byKind.computeIfAbsent(kind, asked -> new ConcurrentSkipListMap<>());
    }

    /** Any thread. */
    SortedMap<String, String> read(Kind kind) {
        SortedMap<String, String> facts = new TreeMap<>();
        of(kind).forEach(facts::put); // a constructor would trust the size that it is told first
        return Collections.unmodifiableSortedMap(facts);
    }

    /** Any thread. */
    Optional<String> read(Kind kind, String key) {
        return Optional.ofNullable(of(kind).get(key));
    }

    /** Any thread. */
    void tellTo(Watcher whom) {
        watcher = whom;
    }

    Known find(Fact fact) {
        return known.getOrDefault(fact, Known.NOTHING);
    }

    /** All of the bucket is read again from now on; its revisions may be others. */
    void beginAnew() {
        unfound.clear();
        known.values().removeIf(fact -> fact.value().isEmpty());
        known.replaceAll((fact, before) -> new Known(0, before.value(), before.at()));
        unfound.addAll(known.keySet());
    }

    /** All of it was read: what was not in it is gone. */
    void endOfBucket() {
        List.copyOf(unfound).forEach(fact -> read(fact, Known.NOTHING));
    }

    /** Reads what the bucket says of a fact. */
    void read(Fact fact, Known now) {
        unfound.remove(fact);
        Known before = find(fact);
        if (now.revision() != 0 && now.revision() <= before.revision()) {
            return;
        }
        if (now.revision() == 0) {
            known.remove(fact);
        } else {
            known.put(fact, now);
        }
        if (!before.value().equals(now.value())) {
            change(fact, now.value());
        }
    }

    private void change(Fact fact, Optional<String> value) {
        if (value.isPresent()) {
            of(fact.kind()).put(fact.key(), value.get());
        } else {
            of(fact.kind()).remove(fact.key());
        }
        watcher.changed(fact.kind(), fact.key(), value);
        CompletionStage<Void> stage = value.isPresent()
                ? copy.keep(fact.kind(), fact.key(), value.get())
                : copy.forget(fact.kind(), fact.key());
        copied++;
        if (copied % UNSYNCED == 0) {
            // More than it takes in would be refused; whether it could be written is the copy's to say.
            stage.handle((kept, failure) -> kept).toCompletableFuture().join();
        }
    }

    /** What was forgotten before that time and still stands in the bucket as that; some of it, if it is much. */
    Map<Fact, Known> forgottenBefore(long time, int most) {
        Map<Fact, Known> forgotten = new HashMap<>();
        known.forEach((fact, now) -> {
            if (now.value().isEmpty() && now.at() - time < 0 && forgotten.size() < most) {
                forgotten.put(fact, now);
            }
        });
        return forgotten;
    }

    /** It is in the bucket no more. */
    void isGone(Fact fact, Known forgotten) {
        known.remove(fact, forgotten);
    }
}
