/**
 * The page for whoever writes an adapter: the ports to wires and engines, and the words that go through them (commands in, events out,
 * messages kept).
 *
 * <p>It must not know how any of that is done: the chat itself is one package up.
 */
@NullMarked
package prosa.application.port;

import org.jspecify.annotations.NullMarked;
