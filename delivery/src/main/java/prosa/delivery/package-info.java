/**
 * Delivery: hands bytes to thousands of sockets. It keeps what was told in shared logs, each follower's cursors in them, when they are
 * written to, and how a connection ends.
 *
 * <p>It must not know what the bytes mean: no event, no codec, no room, no person, and no history. Those who do are asked for the past by
 * {@link prosa.delivery.CatchUp}.
 */
@NullMarked
package prosa.delivery;

import org.jspecify.annotations.NullMarked;
