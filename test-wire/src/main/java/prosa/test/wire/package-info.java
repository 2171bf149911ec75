/**
 * What every wire promises, as a contract that each wire's module runs on a house of its own, and what those houses are made of.
 *
 * <p>It knows the chat and the engine in memory, and must know neither a wire's module nor bootstrap: they use it.
 */
@NullMarked
package prosa.test.wire;

import org.jspecify.annotations.NullMarked;
