/**
 * Writes to many sockets in one system call, by Linux's io_uring.
 *
 * <p>It must not know what is written, nor any wire or engine.
 */
@NullMarked
package prosa.adapter.uring;

import org.jspecify.annotations.NullMarked;
