/**
 * The manual: made of what the command line's model says of itself, and of texts that the help has no room for. It must not know what an
 * option means, or who prints it.
 */
@NullMarked
package prosa.bootstrap.manual;

import org.jspecify.annotations.NullMarked;
