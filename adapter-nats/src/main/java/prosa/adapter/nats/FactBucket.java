package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.PurgeOptions;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import prosa.adapter.nats.KnownFacts.Known;
import prosa.application.port.Register.Kind;

/** The facts' entries in the bucket of the state: jnats does not say under which revision it deletes. */
final class FactBucket {
    private static final String DELETED = "DEL";
    private static final int MOST_TRIES = 10;
    private static final byte[] NOTHING = {};

    /** For all of it. */
    static final Duration READING = Duration.ofSeconds(30);

    private final Places places;
    private final BucketEntries entries;

    FactBucket(Places places) {
        this.places = places;
        this.entries = new BucketEntries(places.state());
    }

    /** Hears what the bucket has, then that this was all, then what changes; on a thread of jnats's. */
    interface Reader {
        /** @param fact empty if it is none that is known here */
        void read(Optional<Fact> fact, Known now);

        void readAll();
    }

    /** What became of a wish. */
    sealed interface Written {
        /** It stands under that revision. */
        record As(long revision) implements Written {}

        /** It was so before. */
        record Already() implements Written {}

        /** Another was faster. */
        record Not() implements Written {}
    }

    /** Reads all of it, and what comes, until the link ends. */
    void watch(Link link, Reader reader) throws IOException, InterruptedException {
        try {
            var unused = link.connection().keyValue(places.state()).watch(Fact.KEYS + ">", new Watching(reader));
        } catch (JetStreamApiException | RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private record Watching(Reader reader) implements KeyValueWatcher {
        @Override
        public void watch(KeyValueEntry entry) {
            boolean there = entry.getOperation() == KeyValueOperation.PUT;
            Optional<String> value = there ? Optional.of(text(entry.getValue())) : Optional.<String>empty();
            reader.read(Fact.parse(entry.getKey()), new Known(entry.getRevision(), value, System.nanoTime()));
        }

        @Override
        public void endOfData() {
            reader.readAll();
        }
    }

    private static String text(byte @Nullable [] utf8) {
        return utf8 == null ? "" : new String(utf8, StandardCharsets.UTF_8);
    }

    /**
     * Sees to it that a fact is so. Blocks.
     *
     * @param guess what is known of it, which may be old
     * @param condition what its value must be before
     * @param isConditional whether it matters that nobody comes between
     * @throws IOException if nobody knows whether it is done
     * @throws JetStreamApiException if it is not
     */
    Written write(
            Link link,
            Fact fact,
            Known guess,
            Predicate<Optional<String>> condition,
            boolean isConditional,
            Optional<String> next)
            throws IOException, JetStreamApiException {
        boolean asked = false;
        Known now = guess;
        for (int tries = 1; ; tries++) {
            boolean inVain = next.isEmpty() && now.value().isEmpty();
            if (!asked && (inVain || !condition.test(now.value()))) {
                now = ask(link, fact);
                asked = true;
            }
            if (!condition.test(now.value())) {
                return new Written.Not();
            }
            if (next.isEmpty() && now.value().isEmpty()) {
                return new Written.Already();
            }
            try {
                OptionalLong expected = isConditional ? OptionalLong.of(before(link, fact, now)) : OptionalLong.empty();
                return new Written.As(publish(link, fact, next, expected));
            } catch (JetStreamApiException e) {
                if (!BucketEntries.isOfAnotherRevision(e) || tries == MOST_TRIES) {
                    throw e;
                }
                asked = false;
                now = ask(link, fact);
            }
        }
    }

    /** The revision that is expected: of what was forgotten none, as {@link BucketEntries} says. Where there is a value, the last one has it so. */
    private long before(Link link, Fact fact, Known now) throws IOException {
        if (now.value().isPresent() || now.revision() == 0) {
            return now.revision();
        }
        takeAway(link, fact, now);
        return BucketEntries.NONE;
    }

    /** Puts a fact back, if nobody has changed it since. Blocks. */
    void putBack(Link link, Fact fact, Optional<String> before, long revision)
            throws IOException, JetStreamApiException {
        try {
            publish(link, fact, before, OptionalLong.of(revision));
        } catch (JetStreamApiException e) {
            if (!BucketEntries.isOfAnotherRevision(e)) {
                throw e;
            }
        }
    }

    private Known ask(Link link, Fact fact) throws IOException, JetStreamApiException {
        return entries.last(link, fact.inBucket()).map(FactBucket::known).orElse(Known.NOTHING);
    }

    private static Known known(MessageInfo entry) {
        Optional<String> value = BucketEntries.isDeleted(entry) ? Optional.empty() : Optional.of(text(entry.getData()));
        return new Known(entry.getSeq(), value, System.nanoTime());
    }

    /**
     * All facts of kinds that are known, of which there are any. Blocks.
     *
     * @throws IOException if they can't be read
     */
    SortedMap<Kind, SortedMap<String, String>> readAll(Link link) throws IOException, InterruptedException {
        SortedMap<Kind, SortedMap<String, String>> all = new TreeMap<>();
        CompletableFuture<Void> read = new CompletableFuture<>();
        watch(link, new Reader() {
            @Override
            public void read(Optional<Fact> fact, Known now) {
                if (fact.isPresent() && now.value().isPresent()) {
                    all.computeIfAbsent(fact.get().kind(), kind -> new TreeMap<>())
                            .put(fact.get().key(), now.value().get());
                }
            }

            @Override
            public void readAll() {
                read.complete(null);
            }
        });
        try {
            read.get(READING.toMillis(), TimeUnit.MILLISECONDS);
            return all;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the state can't be read", e);
        }
    }

    /** Takes all facts out, also those of kinds that are not known. Blocks. */
    void empty(Link link) throws IOException, JetStreamApiException {
        link.management().purgeStream(entries.stream(), PurgeOptions.subject(entries.subject(Fact.KEYS + ">")));
    }

    String subject(Fact fact) {
        return entries.subject(fact.inBucket());
    }

    private long publish(Link link, Fact fact, Optional<String> value, OptionalLong expected)
            throws IOException, JetStreamApiException {
        Headers headers = new Headers();
        if (value.isEmpty()) {
            headers.put(BucketEntries.OPERATION, DELETED);
        }
        PublishOptions.Builder options = PublishOptions.builder();
        expected.ifPresent(options::expectedLastSubjectSequence);
        byte[] body = value.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(NOTHING);
        try {
            return link.stream()
                    .publish(subject(fact), headers, body, options.build())
                    .getSeqno();
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Takes away what says that a fact was forgotten; not what was kept since. Blocks. */
    void takeAway(Link link, Fact fact, Known forgotten) throws IOException {
        try {
            entries.purge(link, fact.inBucket(), forgotten.revision());
        } catch (JetStreamApiException | RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
