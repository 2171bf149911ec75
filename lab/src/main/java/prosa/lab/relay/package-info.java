/**
 * A TCP relay that stands between a client and a server, shows the bytes that pass and does to them what bad networks do. It knows
 * sockets, and of the bytes only as much as a fault needs (where a line ends, what a response's head forbids); it must not know Prosa.
 */
@NullMarked
package prosa.lab.relay;

import org.jspecify.annotations.NullMarked;
