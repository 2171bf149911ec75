package prosa.application;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Bound;
import prosa.application.port.Excerpt;
import prosa.application.port.MessageHistory;
import prosa.application.port.Page;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Message;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.RoomName;

/**
 * Finds how far an answer goes without holding it: it is read a page at a time, and of each page only the weight is kept. What
 * fits on one page is kept whole, so that a short answer is read once.
 */
@OwnedByTurn
final class Measure {
    private final MessageHistory history;
    private final Reads reads;

    Measure(MessageHistory history, Reads reads) {
        this.history = history;
        this.reads = reads;
    }

    /** What was found of several rooms at once has no name. */
    record Extent(long after, long upTo, long first, int count, boolean more, Optional<List<Message>> messages) {
        Excerpt of(RoomName room, Position position) {
            return new Excerpt(room, after, upTo, first, count, more, messages, position);
        }
    }

    /**
     * The last that was said up to a place.
     *
     * @param bound beyond it the oldest are left out
     * @param wanted as for {@link Reads#ask}
     */
    void last(
            Set<RoomName> rooms,
            long upTo,
            Bound bound,
            Supplier<Reads.Wanted> wanted,
            BiConsumer<@Nullable Extent, @Nullable Reason> then) {
        assert DeliveryThread.hasTurn();
        new Walk(rooms, bound, wanted, then, true, 0, upTo).step();
    }

    /**
     * The first that was said after a place and up to another.
     *
     * @param bound beyond it the newest are left out
     * @param wanted as for {@link Reads#ask}
     */
    void after(
            Set<RoomName> rooms,
            long after,
            long upTo,
            Bound bound,
            Supplier<Reads.Wanted> wanted,
            BiConsumer<@Nullable Extent, @Nullable Reason> then) {
        assert DeliveryThread.hasTurn();
        new Walk(rooms, bound, wanted, then, false, after, upTo).step();
    }

    /** What is known of a page once its messages are let go. */
    private record Weighed(int count, int bytes, long first, long last, boolean more, List<Message> messages) {
        static Weighed of(Page page, boolean keep) {
            List<Message> all = page.messages();
            return new Weighed(
                    all.size(),
                    all.stream().mapToInt(Bound::weight).sum(),
                    all.isEmpty() ? 0 : all.getFirst().id().offset(),
                    all.isEmpty() ? 0 : all.getLast().id().offset(),
                    page.more(),
                    keep ? all : List.of());
        }
    }

    /** One answer on its way: what lies between {@code from} and {@code to} is still to be looked at. */
    private final class Walk {
        private final Set<RoomName> rooms;
        private final Bound bound;
        private final Supplier<Reads.Wanted> wanted;
        private final BiConsumer<@Nullable Extent, @Nullable Reason> then;
        private final boolean backwards;
        private final long began;
        private final long upTo;
        private long from;
        private long to;
        private int count;
        private int bytes;
        private long first;
        private long last;

        Walk(
                Set<RoomName> rooms,
                Bound bound,
                Supplier<Reads.Wanted> wanted,
                BiConsumer<@Nullable Extent, @Nullable Reason> then,
                boolean backwards,
                long after,
                long upTo) {
            this.rooms = rooms;
            this.bound = bound;
            this.wanted = wanted;
            this.then = then;
            this.backwards = backwards;
            this.began = after;
            this.upTo = upTo;
            this.from = after;
            this.to = upTo;
        }

        void step() {
            boolean keep = count == 0;
            Bound page = new Bound(
                    Math.min(EncodedPage.MESSAGES, bound.messages() - count),
                    Math.min(EncodedPage.BYTES, bound.bytes() - bytes));
            reads.ask(
                    wanted,
                    () -> (backwards ? history.last(rooms, to, page) : history.after(rooms, from, to, page))
                            .thenApply(read -> Weighed.of(read, keep)),
                    (read, reason) -> {
                        if (read == null) {
                            then.accept(null, reason);
                        } else {
                            seen(read, keep);
                        }
                    });
        }

        private void seen(Weighed read, boolean first) {
            // One message more than the bound allows is given by the history where nothing else would be.
            boolean over = !first && bytes + read.bytes() > bound.bytes();
            if (!over) {
                add(read);
            }
            if (over || !read.more() || count == bound.messages()) {
                then.accept(extent(over || read.more(), first ? Optional.of(read.messages()) : Optional.empty()), null);
            } else if (bytes >= bound.bytes()) {
                then.accept(extent(true, Optional.empty()), null);
            } else {
                step();
            }
        }

        private void add(Weighed read) {
            if (read.count() == 0) {
                return;
            }
            if (count == 0) {
                first = read.first();
                last = read.last();
            }
            first = Math.min(first, read.first());
            last = Math.max(last, read.last());
            count += read.count();
            bytes += read.bytes();
            if (backwards) {
                to = read.first() - 1;
            } else {
                from = read.last();
            }
        }

        private Extent extent(boolean more, Optional<List<Message>> messages) {
            if (backwards) {
                // Fewer because that were all that were asked for is no loss.
                boolean cut = more && count < bound.messages();
                return new Extent(count == 0 ? upTo : first - 1, upTo, first, count, cut, messages);
            }
            return new Extent(began, more ? last : upTo, first, count, more, messages);
        }
    }
}
