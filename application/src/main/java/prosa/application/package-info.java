/**
 * What one can do with a chat: join, say, leave, follow, read back. What it needs from outside, and what adapters implement, is in {@link
 * prosa.application.port}.
 *
 * <p>It must not know any wire, any database, JSON, or how an event is written down.
 */
@NullMarked
package prosa.application;

import org.jspecify.annotations.NullMarked;
