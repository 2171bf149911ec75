package prosa.application;

import java.util.concurrent.CompletionStage;

/**
 * A question that is answered as soon as something is said.
 *
 * @param news completes on a thread of the house, which must not be blocked; exceptionally with
 *     {@link prosa.domain.Refused} {@link prosa.domain.Reason#UNAVAILABLE} if the history can't be read, or the house closes
 *     before it has heard the question
 * @param enough answers at once, as whoever asked has gone. Any thread; may be called more than once
 */
public record Waiting(CompletionStage<News> news, Runnable enough) {}
