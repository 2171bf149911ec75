/**
 * The laboratory: measures, from outside and over real sockets, what each wire of a Prosa costs and loses. It knows a server by its
 * addresses and the protocol alone: nothing of its modules but how it is started.
 */
@NullMarked
package prosa.lab;

import org.jspecify.annotations.NullMarked;
