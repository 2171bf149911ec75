/**
 * The command {@code ./prosa compare}: reads its options, measures wire after wire, tells how far it is, prints what it found. It must
 * not know how anything is measured.
 */
@NullMarked
package prosa.lab.compare;

import org.jspecify.annotations.NullMarked;
