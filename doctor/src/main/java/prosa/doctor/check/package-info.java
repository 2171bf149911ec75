/**
 * A check for each thing that a proxy may do wrong. Each has connections of its own to the address that was given, all are made side by side,
 * and none of them says a text. It must not know in which words a finding is told.
 */
@NullMarked
package prosa.doctor.check;

import org.jspecify.annotations.NullMarked;
