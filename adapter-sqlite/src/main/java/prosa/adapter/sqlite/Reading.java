package prosa.adapter.sqlite;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import prosa.adapter.sqlite.Readers.Query;
import prosa.application.port.Bound;
import prosa.application.port.Page;
import prosa.application.port.Stretch;
import prosa.domain.RoomName;

/** How a file is read back, whoever fills it. Any thread; nothing blocks but {@link #close}. */
final class Reading implements AutoCloseable {
    private final Readers readers;
    private final LongSupplier head;

    /** @param head beyond it nothing is read: it may still be taken back */
    Reading(Connections connections, long epoch, LongSupplier head) {
        this.readers = new Readers(connections, epoch);
        this.head = head;
    }

    CompletionStage<Page> after(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        long end = bounded(upTo);
        return readers.read(history -> history.after(rooms, after, end, bound));
    }

    CompletionStage<Stretch> entries(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        long end = bounded(upTo);
        return readers.read(history -> history.entries(rooms, after, end, bound));
    }

    CompletionStage<Page> last(Set<RoomName> rooms, long upTo, Bound bound) {
        long end = bounded(upTo);
        return readers.read(history -> history.last(rooms, end, bound));
    }

    CompletionStage<Set<RoomName>> rooms() {
        return readers.read(ReadConnection::rooms);
    }

    <T> CompletionStage<T> read(Query<T> query) {
        return readers.read(query);
    }

    private long bounded(long upTo) {
        return Math.min(upTo, head.getAsLong());
    }

    /** Answers what was asked. */
    @Override
    public void close() {
        readers.close();
    }
}
