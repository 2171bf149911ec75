package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Names.Wanted;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** How a name's entry in the bucket of people is taken, so that of two who ask one gets it. Any thread; blocks while the engine answers. */
final class Taking {
    private static final int WRONG_REVISION = 10_071;
    private static final int MOST_TRIES = 10;
    private static final int WHO_BYTES = 8;

    private final Leases leases;
    private final String run;
    private final SecureRandom random = new SecureRandom();

    Taking(Leases leases, String run) {
        this.leases = leases;
        this.run = run;
    }

    /**
     * What stands in the bucket by now.
     *
     * @param fromElsewhere whether somebody has come over from another node by it
     */
    record Taken(RosterLine line, long revision, boolean fromElsewhere) {}

    /**
     * Takes a name for somebody who shows what they are asked for.
     *
     * @throws Refused {@link Reason#NAME_TAKEN} if it is another's
     */
    Taken take(KeyValue people, Wanted wanted, Lease lease) throws IOException, JetStreamApiException {
        RosterLine line = new RosterLine(lease, run, who(), Optional.empty());
        return take(people, Roster.key(wanted.room(), wanted.name()), line, Optional.of(wanted));
    }

    /**
     * Takes a name back, under another lease than before.
     *
     * @throws Refused {@link Reason#NAME_TAKEN} if it is another's by now, whoever they are
     */
    Taken takeBack(KeyValue people, String key, RosterLine line) throws IOException, JetStreamApiException {
        return take(people, key, line, Optional.empty());
    }

    /** Whoever was faster has taken it, or cleared what a lapsed lease had left: that shows when one looks again. */
    private Taken take(KeyValue people, String key, RosterLine line, Optional<Wanted> wanted)
            throws IOException, JetStreamApiException {
        for (int tries = 1; ; tries++) {
            try {
                return tryToTake(people, key, line, wanted);
            } catch (JetStreamApiException e) {
                if (e.getApiErrorCode() != WRONG_REVISION || tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private Taken tryToTake(KeyValue people, String key, RosterLine line, Optional<Wanted> wanted)
            throws IOException, JetStreamApiException {
        @Nullable KeyValueEntry there = people.get(key);
        if (there == null) {
            return new Taken(line, people.create(key, line.bytes()), false);
        }
        // Of this run it is what could not be given back: what this node holds it knows.
        Optional<RosterLine> held = RosterLine.parse(there.getValueAsString())
                .filter(by -> !by.run().equals(run) && !leases.isOver(by.lease()));
        if (held.filter(by -> wanted.filter(asked -> isShownBy(asked, by)).isEmpty())
                .isPresent()) {
            throw new Refused(Reason.NAME_TAKEN);
        }
        RosterLine next = held.map(by -> by.heldBy(line.lease(), run)).orElse(line);
        return new Taken(next, people.update(key, next.bytes(), there.getRevision()), held.isPresent());
    }

    private String who() {
        byte[] drawn = new byte[WHO_BYTES];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    /** Whether they have shown that it is they who are there. */
    private static boolean isShownBy(Wanted wanted, RosterLine line) {
        boolean claimed =
                line.shown().filter(there -> there.participant().claimed()).isPresent();
        return wanted.token().filter(line::isOf).isPresent() || wanted.own() && claimed;
    }
}
