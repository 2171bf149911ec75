/**
 * A round: people who talk over each wire, observers who follow, and a fault while they do. What they sent and were told is written down for
 * {@link prosa.checker.judgement}. Each client has virtual threads of its own. It must not know the server's classes.
 */
@NullMarked
package prosa.checker.run;

import org.jspecify.annotations.NullMarked;
