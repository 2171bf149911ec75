/**
 * Shows what a comparison found: as a table for a terminal, as JSON, as a page with plots and as the tables of {@code docs/discussion.md},
 * in English and Portuguese. It must not know how a figure was measured, nor the command line that asked for it.
 */
@NullMarked
package prosa.lab.report;

import org.jspecify.annotations.NullMarked;
