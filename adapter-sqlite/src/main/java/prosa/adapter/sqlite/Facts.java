package prosa.adapter.sqlite;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import prosa.application.port.Register.Kind;

/** The facts that are durable. Any thread. */
final class Facts {
    private final Map<Kind, NavigableMap<String, String>> byKind = new ConcurrentHashMap<>();

    private NavigableMap<String, String> of(Kind kind) {
        return byKind.computeIfAbsent(kind, asked -> new ConcurrentSkipListMap<>());
    }

    SortedMap<String, String> copy(Kind kind) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(of(kind)));
    }

    Optional<String> find(Fact fact) {
        return Optional.ofNullable(of(fact.kind()).get(fact.key()));
    }

    /** @param value empty if there is no such fact any more */
    void put(Fact fact, Optional<String> value) {
        if (value.isPresent()) {
            of(fact.kind()).put(fact.key(), value.get());
        } else {
            of(fact.kind()).remove(fact.key());
        }
    }
}
