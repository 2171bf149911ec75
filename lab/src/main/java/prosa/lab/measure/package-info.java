/**
 * Measures one wire after the other: what a message weighs, how long it takes, what it costs the server. It must not know how a figure
 * is shown, nor what the experiments do.
 */
@NullMarked
package prosa.lab.measure;

import org.jspecify.annotations.NullMarked;
