package prosa.application;

import java.util.concurrent.CompletionStage;
import prosa.application.port.Excerpt;

/**
 * A question about a room's past, or about what is said next.
 *
 * @param excerpt completes with the answer on a thread of the house, which must not be blocked; exceptionally with
 *     {@link prosa.domain.Refused} {@link prosa.domain.Reason#UNAVAILABLE} if the history can't be read, or the house closes
 *     before it has heard the question
 * @param enough whoever asked has closed their side: who waits for news is answered at once, and what has to be read for them is read
 *     after all else, as they may have gone. Any thread; may be called more than once
 */
public record PendingExcerpt(CompletionStage<Excerpt> excerpt, Runnable enough) {}
