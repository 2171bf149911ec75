/**
 * The server that is measured, as a process seen from outside: one of the laboratory's own or one that runs already. It must not know
 * what is measured.
 */
@NullMarked
package prosa.lab.server;

import org.jspecify.annotations.NullMarked;
