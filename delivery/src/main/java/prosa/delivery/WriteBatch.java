package prosa.delivery;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A write batch: one system call for many followers, those of a part of a round to whom nothing but a slice of the feed's log is due.
 */
@OwnedByTurn
final class WriteBatch {
    private final BatchWriter writer;
    private final @Nullable Follower[] members = new Follower[BatchWriter.MOST];
    private final @Nullable SingleCursor[] cursors = new SingleCursor[BatchWriter.MOST];
    private final int[] due = new int[BatchWriter.MOST];

    WriteBatch(BatchWriter writer) {
        this.writer = writer;
    }

    /**
     * Writes what is in the log to those followers that can be written to together. What is left for each, and those who can't, are
     * for {@link Follower#flush}.
     *
     * @param from the first follower's place
     * @param to the place after the last one's, {@link BatchWriter#MOST} later at most
     */
    void write(Followers followers, int from, int to) {
        assert DeliveryThread.hasTurn();
        int count = 0;
        for (int i = from; i < to; i++) {
            Follower follower = followers.at(i);
            SingleCursor cursor = follower.dueASlice();
            if (cursor != null && follower.socket() >= 0) {
                ByteBuffer slice = cursor.slice();
                writer.add(follower.socket(), slice);
                members[count] = follower;
                cursors[count] = cursor;
                due[count++] = slice.remaining();
            }
        }
        if (count > 0) {
            writer.write();
        }
        for (int i = 0; i < count; i++) {
            Objects.requireNonNull(members[i]).took(Objects.requireNonNull(cursors[i]), writer.taken(i), due[i]);
            members[i] = null;
            cursors[i] = null;
        }
    }
}
