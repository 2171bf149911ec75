package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** The bucket with the names that are held, at the engine: a name is taken where there is none, and in no other way. Blocks. */
final class NameBucket {
    private static final int MOST_TRIES = 10;

    private final BucketEntries entries;

    NameBucket(Places places) {
        this.entries = new BucketEntries(places.people());
    }

    /**
     * What stands under a name.
     *
     * @param line who holds it; empty: nobody does, it was deleted
     */
    private record Standing(Optional<RosterLine> line, long revision) {}

    /**
     * What stands there by now.
     *
     * @param fromElsewhere whether somebody has come over from another node by it
     */
    record Taken(RosterLine line, long revision, boolean fromElsewhere) {}

    /**
     * Takes a name, or takes it over from another node: of two who do that at the same time, both may pass, and the last one in the bucket's
     * order has it.
     *
     * @param line what is to stand there
     * @param isInTheWay of whom the name is, who has it
     * @param isTheSame whether that is whoever takes it
     * @throws Refused {@link Reason#NAME_TAKEN}
     */
    Taken take(
            Link link, String key, RosterLine line, Predicate<RosterLine> isInTheWay, Predicate<RosterLine> isTheSame)
            throws IOException, JetStreamApiException {
        for (int tries = 1; ; tries++) {
            try {
                return tryToTake(link, key, line, isInTheWay, isTheSame);
            } catch (JetStreamApiException e) {
                // Whoever was faster has taken it, or has told that it is free: that shows when one looks again.
                if (!BucketEntries.isOfAnotherRevision(e) || tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private Taken tryToTake(
            Link link, String key, RosterLine line, Predicate<RosterLine> isInTheWay, Predicate<RosterLine> isTheSame)
            throws IOException, JetStreamApiException {
        Optional<Standing> there = standing(link, key);
        Optional<RosterLine> held = there.flatMap(Standing::line).filter(isInTheWay);
        if (held.isPresent()) {
            RosterLine over = held.filter(isTheSame)
                    .orElseThrow(() -> new Refused(Reason.NAME_TAKEN))
                    .heldBy(line.lease(), line.run());
            return new Taken(over, write(link, key, over, there.orElseThrow().revision()), true);
        }
        if (there.isPresent()) {
            entries.purge(link, key, there.get().revision());
        }
        return new Taken(line, write(link, key, line, BucketEntries.NONE), false);
    }

    /**
     * Writes something else about whoever has a name.
     *
     * @param revision of what stands there
     * @return that of what stands there then
     */
    long write(Link link, String key, RosterLine line, long revision) throws IOException, JetStreamApiException {
        return people(link).update(key, line.bytes(), revision);
    }

    private KeyValue people(Link link) throws IOException {
        return link.connection().keyValue(entries.bucket());
    }

    /** Watches all names. */
    void watch(Link link, KeyValueWatcher watcher) throws IOException, JetStreamApiException, InterruptedException {
        people(link).watchAll(watcher);
    }

    /** Frees a name, unless it was taken after that revision, and tells those who watch. */
    void free(Link link, String key, long revision) throws IOException, JetStreamApiException {
        entries.purge(link, key, revision);
        try {
            people(link).delete(key, BucketEntries.NONE);
        } catch (JetStreamApiException e) {
            if (!BucketEntries.isOfAnotherRevision(e)) { // else it is another's
                throw e;
            }
        }
    }

    /** Frees a name that this lease has left. */
    void freeIfOf(Link link, String key, Lease lease) throws IOException, JetStreamApiException {
        Optional<Standing> there = standing(link, key);
        if (there.flatMap(Standing::line)
                .filter(line -> line.lease().equals(lease))
                .isPresent()) {
            free(link, key, there.get().revision());
        }
    }

    private Optional<Standing> standing(Link link, String key) throws IOException, JetStreamApiException {
        return entries.last(link, key).map(NameBucket::standing);
    }

    private static Standing standing(MessageInfo info) {
        byte[] value = info.getData();
        Optional<RosterLine> line = BucketEntries.isDeleted(info) || value == null
                ? Optional.empty()
                : RosterLine.parse(new String(value, StandardCharsets.UTF_8));
        return new Standing(line, info.getSeq());
    }
}
