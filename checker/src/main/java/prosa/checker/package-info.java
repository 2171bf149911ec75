/**
 * The command {@code checker/check}: rounds at a Prosa of its own, at several that share an engine, or at some that run already, and what was
 * found in them. For those who build Prosa, and therefore in English alone. docs/checker.md says what it proves.
 *
 * <p>It must not know the server's classes, nor decide anything: that is the judgement's.
 */
@NullMarked
package prosa.checker;

import org.jspecify.annotations.NullMarked;
