/**
 * The TCP wire: people with telnet or nc, and programs, on sockets that one thread watches, in the clear or over TLS. It
 * cuts bytes into lines and must not know what a line means, nor any other wire.
 */
@NullMarked
package prosa.adapter.tcp;

import org.jspecify.annotations.NullMarked;
