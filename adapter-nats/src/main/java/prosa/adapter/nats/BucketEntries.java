package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.PurgeOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.util.Optional;

/**
 * The entries of a bucket, by the engine's own means: jnats tells nothing of a deletion's mark, and takes away no entry up to its revision.
 *
 * <p>Of two who write at the same time and expect the same revision, a nats-server 2.9.10 in a cluster lets both pass, and the last one's
 * stands; but for those who expect that there is nothing: of them one passes. So what must be one's alone is made where there is nothing, and
 * what stands there, a mark too, is purged before up to its revision; nobody takes away so what came later. All of it blocks.
 *
 * @param bucket its name
 */
record BucketEntries(String bucket) {
    /** The revision of what is not there. */
    static final long NONE = 0;

    /** What says in a header that an entry was deleted. */
    static final String OPERATION = "KV-Operation";

    /** The engine's number for another revision than was expected ({@code JSStreamWrongLastSequenceErrF}). */
    private static final int WRONG_REVISION = 10_071;

    static boolean isOfAnotherRevision(JetStreamApiException e) {
        return e.getApiErrorCode() == WRONG_REVISION;
    }

    /** The last one of a key, also if it is the mark of a deletion. */
    Optional<MessageInfo> last(Link link, String key) throws IOException, JetStreamApiException {
        return link.last(stream(), subject(key));
    }

    static boolean isDeleted(MessageInfo entry) {
        Headers headers = entry.getHeaders();
        return headers != null && headers.getFirst(OPERATION) != null;
    }

    /** Takes away what stands there, but nothing that came after that revision. */
    void purge(Link link, String key, long revision) throws IOException, JetStreamApiException {
        PurgeOptions upTo = PurgeOptions.builder()
                .subject(subject(key))
                .sequence(revision + 1)
                .build();
        link.management().purgeStream(stream(), upTo);
    }

    String subject(String key) {
        return "$KV." + bucket + "." + key;
    }

    String stream() {
        return "KV_" + bucket;
    }
}
