package prosa.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;

/** All lines that were ever said, to catch up on: at once, or when a test lets it. State is under its monitor. */
final class ScriptedPast {
    private final List<Line> lines = new ArrayList<>();
    private final Queue<Runnable> heldReads = new ArrayDeque<>();
    private final Executor thread;
    private boolean readsHeld;
    private int reads;

    private record Line(long offset, String room, byte[] bytes) {}

    ScriptedPast(Executor thread) {
        this.thread = thread;
    }

    synchronized void add(long offset, String room, byte[] bytes) {
        lines.add(new Line(offset, room, bytes));
    }

    synchronized void holdReads() {
        readsHeld = true;
    }

    synchronized void releaseReads() {
        readsHeld = false;
        for (Runnable next = heldReads.poll(); next != null; next = heldReads.poll()) {
            next.run();
        }
    }

    void awaitReads(int waiting) {
        Await.until(this, () -> heldReads.size() >= waiting, () -> waiting + " reads, but " + heldReads.size());
    }

    /** How often it was read. */
    synchronized int reads() {
        return reads;
    }

    private synchronized void read(Runnable then) {
        reads++;
        if (readsHeld) {
            heldReads.add(then);
            notifyAll();
        } else {
            then.run();
        }
    }

    private synchronized List<Line> between(Set<String> rooms, long after, long upTo) {
        return lines.stream()
                .filter(line -> rooms.contains(line.room()) && line.offset() > after && line.offset() <= upTo)
                .toList();
    }

    CatchUp between(Follower follower, Set<String> rooms, long after, long upTo) {
        return new Telling(follower, rooms, after, upTo);
    }

    private final class Telling implements CatchUp {
        private final Follower follower;
        private final Set<String> rooms;
        private final long upTo;
        private final Queue<Line> due = new ArrayDeque<>();
        private long reached;
        private State state = State.NEW;

        private enum State {
            NEW,
            READING,
            TELLING
        }

        Telling(Follower follower, Set<String> rooms, long after, long upTo) {
            this.follower = follower;
            this.rooms = rooms;
            this.reached = after;
            this.upTo = upTo;
        }

        @Override
        public long reached() {
            return reached;
        }

        @Override
        public void more() throws IOException {
            switch (state) {
                case NEW -> {
                    state = State.READING;
                    read(() -> thread.execute(this::arrived));
                }
                case READING -> {}
                case TELLING -> tell();
            }
        }

        private void arrived() {
            due.addAll(between(rooms, reached, upTo));
            state = State.TELLING;
            if (follower.isTold(this)) {
                follower.goOnSoon();
            }
        }

        private void tell() throws IOException {
            for (Line line = due.poll(); line != null; line = due.poll()) {
                reached = line.offset();
                if (!follower.hasSaid(line.offset())) {
                    ByteBuffer bytes = ByteBuffer.wrap(line.bytes());
                    follower.write(bytes);
                    if (bytes.hasRemaining()) {
                        follower.finish(bytes);
                        return;
                    }
                }
            }
            reached = upTo;
            follower.caughtUp(this);
        }
    }
}
