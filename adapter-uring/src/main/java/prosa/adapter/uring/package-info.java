/**
 * What Linux can do for sockets and the JDK has no name for: writes to many of them in one system call, by io_uring, and the user timeout of
 * TCP.
 *
 * <p>It must not know what is written, nor any wire or engine.
 */
@NullMarked
package prosa.adapter.uring;

import org.jspecify.annotations.NullMarked;
