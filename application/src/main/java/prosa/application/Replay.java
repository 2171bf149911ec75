package prosa.application;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import prosa.application.port.Bound;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.delivery.CatchUp;
import prosa.delivery.DeliveryThread;
import prosa.delivery.Follower;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.RoomName;

/**
 * Tells one follower a piece of the past, page by page, as fast as it reads: the next page is asked for when all of the last one
 * was written. It holds no page, but the rest of the one message that the socket took a part of.
 */
@OwnedByTurn
final class Replay implements CatchUp {
    private final Follower follower;
    private final Set<RoomName> rooms;
    private final Codec codec;
    private final long epoch;
    private final EncodedPages pages;
    private final Measure measure;
    private final Consumer<Optional<Reason>> ended;

    /** Whether it tells what was said alone, and not what was taken away: to whoever has seen nothing of it before. */
    private final boolean messagesAlone;

    private Backlog backlog;

    /** What was told last of the day on which it was said: pages are shared by readers who begin anywhere in them. */
    private byte[] day = {};

    private State state = State.READY;

    private enum State {
        READY,
        /** A page, or the place where the last messages begin, is being read. */
        READING,
        ENDED
    }

    /**
     * @param lookingBack whether the follower asked to see what was said, and does not resume
     * @param ended called when all is written, or with the reason why it can't be read
     */
    Replay(
            Follower follower,
            Set<RoomName> rooms,
            Codec codec,
            Backlog backlog,
            boolean lookingBack,
            long epoch,
            EncodedPages pages,
            Measure measure,
            Consumer<Optional<Reason>> ended) {
        this.follower = follower;
        this.rooms = rooms;
        this.codec = codec;
        this.backlog = backlog;
        this.messagesAlone = lookingBack || backlog instanceof Backlog.Last;
        this.epoch = epoch;
        this.pages = pages;
        this.measure = measure;
        this.ended = ended;
    }

    @Override
    public long reached() {
        assert DeliveryThread.hasTurn();
        return switch (backlog) {
            case Backlog.After after -> after.after();
            case Backlog.Last last -> last.upTo();
        };
    }

    /** Whether anybody still waits for what is being read. */
    boolean isWanted() {
        assert DeliveryThread.hasTurn();
        return follower.isTold(this);
    }

    /** One page at the most. */
    @Override
    public void more() throws IOException {
        assert DeliveryThread.hasTurn();
        if (state == State.READY) {
            switch (backlog) {
                case Backlog.Last last -> findBeginning(last);
                case Backlog.After after -> more(after);
            }
        }
    }

    private void findBeginning(Backlog.Last last) {
        state = State.READING;
        measure.last(
                rooms,
                last.upTo(),
                Bound.messages(last.limit()),
                () -> Reads.Wanted.yesIf(isWanted()),
                (extent, reason) -> {
                    if (!isWanted()) {
                        return;
                    }
                    if (extent != null) {
                        backlog = new Backlog.After(extent.after(), last.upTo(), Optional.empty());
                        // Resuming from here must bring these again, should the connection be cut before they
                        // arrive.
                        follower.tellAgain(codec.encode(new Event.Opening(at(extent.after()))));
                    }
                    arrived(Optional.ofNullable(reason));
                });
    }

    private void more(Backlog.After after) throws IOException {
        if (after.after() >= after.upTo()) {
            after.missed().ifPresent(missed -> tellGap(missed, Optional.empty()));
            end(Optional.empty());
            return;
        }
        Optional<EncodedPage> page = pages.find(rooms, codec, after.after());
        if (page.isEmpty()) {
            state = State.READING;
            pages.load(rooms, codec, after.after(), after.upTo(), this);
        } else if (!isGapBefore(after, page.get())) {
            write(after, page.get());
        } else {
            follower.goOnSoon();
        }
    }

    /** What was asked for is here, or can't be had. */
    void arrived(Optional<Reason> failure) {
        assert DeliveryThread.hasTurn();
        if (!isWanted()) {
            return; // it moved on to another room, or is gone
        }
        if (failure.isPresent()) {
            end(failure);
        } else {
            state = State.READY;
            follower.goOnSoon();
        }
    }

    /** Whether something is missing before the page's next message. Then it is told, as soon as it is known what comes next. */
    private boolean isGapBefore(Backlog.After after, EncodedPage page) {
        // A bounded history goes on forgetting while a slow reader reads it.
        Optional<Position> missed =
                after.missed().or(() -> Optional.of(at(after.after())).filter(p -> p.offset() < page.floor()));
        if (missed.isEmpty()) {
            return false;
        }
        int next = page.firstAfter(after.after());
        if (next == page.count()) {
            backlog = new Backlog.After(Math.min(page.end(), after.upTo()), after.upTo(), missed);
        } else if (page.offset(next) > after.upTo()) {
            backlog = new Backlog.After(after.upTo(), after.upTo(), missed);
        } else {
            tellGap(missed.get(), Optional.of(at(page.offset(next))));
            backlog = new Backlog.After(page.offset(next) - 1, after.upTo(), Optional.empty());
        }
        return true;
    }

    private void tellGap(Position missed, Optional<Position> next) {
        rooms.forEach(room -> follower.tellAgain(codec.encode(new Event.Gap(room, missed, next))));
    }

    private void write(Backlog.After after, EncodedPage page) throws IOException {
        int next = page.firstAfter(after.after());
        while (next < page.count() && page.offset(next) <= after.upTo()) {
            if (isSkipped(page, next)) {
                next++;
                continue;
            }
            if (!Arrays.equals(page.day(next), day)) {
                // What is for this reader alone is written before the next turn.
                day = page.day(next);
                follower.tellAgain(day);
                reach(after, page.offset(next) - 1);
                follower.goOnSoon();
                return;
            }
            int last = lastTogether(page, next, after.upTo());
            ByteBuffer slice = page.slice(next, last);
            follower.write(slice);
            if (slice.hasRemaining()) {
                finishMessage(after, page, slice.position());
                return;
            }
            next = last + 1;
        }
        reach(after, page.end());
        if (reached() >= after.upTo()) {
            end(Optional.empty());
        } else {
            follower.goOnSoon();
        }
    }

    private boolean isSkipped(EncodedPage page, int entry) {
        return messagesAlone && !page.isMessage(entry) || follower.hasSaid(page.offset(entry));
    }

    private int lastTogether(EncodedPage page, int first, long upTo) {
        int last = first;
        while (last + 1 < page.count()
                && page.offset(last + 1) <= upTo
                && page.day(last + 1) == page.day(first)
                && !isSkipped(page, last + 1)) {
            last++;
        }
        return last;
    }

    /** The socket is full. The rest of the message at hand is copied; what comes after it is looked up again. */
    private void finishMessage(Backlog.After after, EncodedPage page, int place) {
        int message = page.messageAt(place);
        ByteBuffer slice = page.slice(message, message);
        int end = slice.limit();
        ByteBuffer rest = ByteBuffer.allocate(end - place);
        rest.put(slice.position(place)).flip();
        reach(after, page.offset(message));
        follower.finish(rest);
    }

    private void reach(Backlog.After after, long offset) {
        backlog = new Backlog.After(Math.min(offset, after.upTo()), after.upTo(), Optional.empty());
    }

    private void end(Optional<Reason> failure) {
        state = State.ENDED;
        follower.caughtUp(this);
        ended.accept(failure);
    }

    private Position at(long offset) {
        return new Position(epoch, offset);
    }
}
