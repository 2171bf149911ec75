/**
 * What one can do with a chat (join, say, leave, follow, read back), and the ports for what it needs from outside.
 *
 * <p>It must not know any wire, any database, JSON, or how an event is written down.
 */
@NullMarked
package prosa.application;

import org.jspecify.annotations.NullMarked;
