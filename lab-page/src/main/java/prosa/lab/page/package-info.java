/**
 * The server's part of the page {@code /lab}: sessions, the gate through which their connections come, the taps and faults on them, and
 * a TCP client of its own. It knows the server by its addresses and the protocol, as a stranger would, and must not know the chat.
 */
@NullMarked
package prosa.lab.page;

import org.jspecify.annotations.NullMarked;
