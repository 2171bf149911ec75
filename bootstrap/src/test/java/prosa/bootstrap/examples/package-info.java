/**
 * Runs the examples of the documents as they stand there.
 *
 * <p>{@code Document} takes a Markdown file apart, {@code Stage} plays an example against a Prosa, {@code Likeness} says whether what came is
 * what the document shows. CONTRIBUTING.md says how an example is written.
 */
@NullMarked
package prosa.bootstrap.examples;

import org.jspecify.annotations.NullMarked;
