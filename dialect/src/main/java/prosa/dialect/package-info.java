/**
 * The two languages that people and programs speak to Prosa, whatever the wire: lines of text, and lines of JSON ({@code
 * prosa.v1}). It turns lines into commands and events into lines, and must not know how a wire frames a line.
 */
@NullMarked
package prosa.dialect;

import org.jspecify.annotations.NullMarked;
