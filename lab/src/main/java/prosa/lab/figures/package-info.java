/**
 * What a comparison found, as plain records that every report is made from. They must not know how a figure was measured, nor how
 * it is shown or translated.
 */
@NullMarked
package prosa.lab.figures;

import org.jspecify.annotations.NullMarked;
