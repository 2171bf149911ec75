/**
 * Leaves it to NATS JetStream to order and keep what is said, so that several Prosas share their rooms, and what they must know of each other:
 * who is where, and the facts beside the messages. A copy is filled with what was said, in the stream's order, and does all reading.
 *
 * <p>It must not know any wire or another engine, nor what the copy is made of; nobody else knows NATS.
 */
@NullMarked
package prosa.adapter.nats;

import org.jspecify.annotations.NullMarked;
