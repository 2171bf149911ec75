package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import prosa.application.port.LogUnusable;
import prosa.application.port.LogUnusable.Reason;
import prosa.application.port.RecentKeys;

/** The stream and the buckets, made where they are missing; what is there with other limits is not touched, and not used. */
final class Premises {
    /** A cluster that is being started has too few servers for a while. */
    private static final int NO_PEERS = 10_005;

    private static final int NO_STREAM = 10_059;

    /** At fault is not what was asked for, but that the engine can't do it now. */
    private static final int UNAVAILABLE = 503;

    private final Places places;
    private final int replicas;

    Premises(Places places, int replicas) {
        this.places = places;
        this.replicas = replicas;
    }

    /**
     * Sees to it that they are there. Blocks.
     *
     * @return the stream
     * @throws LogUnusable if they are there and differ, or can't be made so
     * @throws IOException if the engine can't say
     */
    StreamInfo ensure(Link link) throws IOException, LogUnusable {
        ensure(link, bucket(places.state()));
        ensure(link, bucket(places.people()));
        return ensure(link, log());
    }

    /**
     * Looks whether the stream and the state are there, and makes neither. Blocks.
     *
     * @throws LogUnusable if they are not
     */
    void find(Link link) throws IOException, LogUnusable {
        try {
            find(link, places.ofState());
            find(link, places.stream());
        } catch (MissingStream _) {
            throw new LogUnusable(Reason.MISSING, places.stream());
        }
    }

    private StreamConfiguration log() {
        return kept(places.stream())
                .subjects(places.rooms(), places.leases(), places.lapses())
                .build();
    }

    /** As a bucket of jnats's is made; here, so that its limits are compared in the same way. */
    private StreamConfiguration bucket(String name) {
        return kept("KV_" + name)
                .subjects("$KV." + name + ".>")
                .maxMessagesPerSubject(1)
                .allowRollup(true)
                .allowDirect(false)
                .denyDelete(true)
                .discardPolicy(DiscardPolicy.New)
                .build();
    }

    private StreamConfiguration.Builder kept(String name) {
        return StreamConfiguration.builder()
                .name(name)
                .retentionPolicy(RetentionPolicy.Limits)
                .storageType(StorageType.File)
                .discardPolicy(DiscardPolicy.New)
                .duplicateWindow(RecentKeys.LIFETIME)
                .replicas(replicas);
    }

    private static StreamInfo ensure(Link link, StreamConfiguration wanted) throws IOException, LogUnusable {
        StreamInfo there;
        try {
            there = find(link, wanted.getName());
        } catch (MissingStream _) {
            there = make(link, wanted);
        }
        Optional<Difference> difference = differences(there.getConfiguration(), wanted).stream()
                .filter(one -> !one.found().equals(one.wanted()))
                .findFirst();
        if (difference.isPresent()) {
            Difference one = difference.get();
            throw new LogUnusable(Reason.DIFFERS, wanted.getName(), one.setting(), one.found(), one.wanted());
        }
        return there;
    }

    private static final class MissingStream extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static StreamInfo find(Link link, String name) throws IOException, MissingStream {
        try {
            return link.management().getStreamInfo(name);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_STREAM) {
                throw new MissingStream();
            }
            throw new IOException(e.getMessage(), e);
        }
    }

    private static StreamInfo make(Link link, StreamConfiguration wanted) throws IOException, LogUnusable {
        try {
            return link.management().addStream(wanted);
        } catch (JetStreamApiException e) {
            if (e.getErrorCode() == UNAVAILABLE || e.getApiErrorCode() == NO_PEERS) {
                throw new IOException(e.getMessage(), e);
            }
            throw new LogUnusable(Reason.SAID, wanted.getName() + ": " + e.getMessage());
        }
    }

    /** A setting as the engine's own tools call it. */
    private record Difference(String setting, String found, String wanted) {
        static Difference of(String setting, Object found, Object wanted) {
            return new Difference(setting, String.valueOf(found), String.valueOf(wanted));
        }
    }

    private static List<Difference> differences(StreamConfiguration found, StreamConfiguration wanted) {
        return List.of(
                Difference.of("num_replicas", found.getReplicas(), wanted.getReplicas()),
                Difference.of("storage", found.getStorageType(), wanted.getStorageType()),
                Difference.of("subjects", found.getSubjects(), wanted.getSubjects()),
                Difference.of("retention", found.getRetentionPolicy(), wanted.getRetentionPolicy()),
                Difference.of("discard", found.getDiscardPolicy(), wanted.getDiscardPolicy()),
                Difference.of("max_msgs", found.getMaxMsgs(), wanted.getMaxMsgs()),
                Difference.of("max_msgs_per_subject", found.getMaxMsgsPerSubject(), wanted.getMaxMsgsPerSubject()),
                Difference.of("max_bytes", found.getMaxBytes(), wanted.getMaxBytes()),
                Difference.of("max_age", found.getMaxAge(), wanted.getMaxAge()),
                Difference.of("max_msg_size", found.getMaximumMessageSize(), wanted.getMaximumMessageSize()),
                Difference.of("duplicate_window", found.getDuplicateWindow(), wanted.getDuplicateWindow()),
                Difference.of("no_ack", found.getNoAck(), wanted.getNoAck()),
                Difference.of("sealed", found.getSealed(), wanted.getSealed()),
                Difference.of("deny_delete", found.getDenyDelete(), wanted.getDenyDelete()),
                Difference.of("allow_direct", found.getAllowDirect(), wanted.getAllowDirect()),
                Difference.of("deny_purge", found.getDenyPurge(), wanted.getDenyPurge()));
    }
}
