package prosa.lab.relay;

import java.nio.ByteBuffer;

/**
 * Is shown what passes through one connection of a relay. Each direction calls it on a thread of its own, in order; the two may call
 * at the same time. It must not throw, and must not block for long: the bytes wait meanwhile.
 *
 * <p>Times are of {@link System#nanoTime()}. The bytes are valid during the call only.
 */
public interface Tap {
    /** Looks away. */
    Tap NONE = new Tap() {};

    /** A side sent this; no fault has touched it yet. */
    default void received(Direction direction, ByteBuffer bytes, long nanos) {}

    /** This was written to the other side. */
    default void forwarded(Direction direction, ByteBuffer bytes, long nanos) {}

    /** The side that sends in this direction has ended: with FIN, or with {@code reset}. It is not said of ends that the relay makes. */
    default void ended(Direction direction, boolean reset, long nanos) {}

    /** The connection is over towards both sides. Called once, on any thread. */
    default void closed(long nanos) {}
}
