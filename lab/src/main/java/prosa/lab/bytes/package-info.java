/**
 * Tells what each byte of a wire is there for: handshake, framing, payload or heartbeat. It knows the formats of Prosa's wires, byte by
 * byte and in pieces of any size; it must not know where the bytes come from or who looks at them.
 */
@NullMarked
package prosa.lab.bytes;

import org.jspecify.annotations.NullMarked;
