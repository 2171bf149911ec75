/**
 * Keeps the last that was said in the server's memory, for a lab: a restart forgets it.
 *
 * <p>It must not know any wire, any file, or another engine.
 */
@NullMarked
package prosa.adapter.memory;

import org.jspecify.annotations.NullMarked;
