package prosa.adapter.nats;

import java.util.Locale;
import java.util.Optional;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * What things are called at the engine.
 *
 * @param prefix with which all of them begin
 */
record Places(String prefix) {
    String stream() {
        return prefix.toUpperCase(Locale.ROOT);
    }

    /** The bucket with what all nodes have to know of the stream. */
    String state() {
        return stream() + "_state";
    }

    /** The stream in which a bucket's entries are. */
    String ofState() {
        return "KV_" + state();
    }

    /** The bucket with the names that are held. */
    String people() {
        return stream() + "_people";
    }

    /** That leases are taken. */
    String leases() {
        return prefix + ".lease";
    }

    /** That leases have lapsed. */
    String lapses() {
        return prefix + ".lapse";
    }

    /** What is for one node. */
    String node(String run) {
        return prefix + ".node." + run;
    }

    String rooms() {
        return prefix + ".room.*";
    }

    String subject(RoomName room) {
        return prefix + ".room." + room.value();
    }

    /** Empty if it is no room's. */
    Optional<RoomName> room(String subject) {
        String begin = prefix + ".room.";
        if (!subject.startsWith(begin)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RoomName(subject.substring(begin.length())));
        } catch (Refused _) {
            return Optional.empty();
        }
    }
}
