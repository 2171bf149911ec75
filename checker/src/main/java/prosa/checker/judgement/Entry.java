package prosa.checker.judgement;

/**
 * A message as the history has it, or as somebody was shown it.
 *
 * @param by the name of who said it
 * @param text no other message of the run has the same
 */
public record Entry(Position at, String room, String by, String text) {}
