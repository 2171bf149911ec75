/**
 * The languages in which Prosa talks to people: which one somebody wants, how numbers, plurals and lists are written in it, and
 * catalogues of texts. It must not know what is said.
 */
@NullMarked
package prosa.language;

import org.jspecify.annotations.NullMarked;
