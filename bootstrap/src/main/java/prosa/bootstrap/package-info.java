/**
 * Starts Prosa: reads the options, makes the parts and ties them together, says where it listens, and stops in good order.
 *
 * <p>The only package that knows all others, and none of them knows it. It must not decide anything about chatting.
 */
@NullMarked
package prosa.bootstrap;

import org.jspecify.annotations.NullMarked;
