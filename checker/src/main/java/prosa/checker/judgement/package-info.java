/**
 * What a run has shown, and what it was to show: a {@link prosa.checker.judgement.Transcript} goes in, and a list of
 * {@link prosa.checker.judgement.Finding}s comes out. It must not know a socket, a thread or a clock, nor how the transcript came to be.
 */
@NullMarked
package prosa.checker.judgement;

import org.jspecify.annotations.NullMarked;
