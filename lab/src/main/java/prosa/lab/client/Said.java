package prosa.lab.client;

/**
 * A message as it reached a follower.
 *
 * @param id its position, to resume after
 * @param text what was said
 * @param arrivedNanos {@link System#nanoTime()} when the read returned that brought its last byte
 */
public record Said(String id, String text, long arrivedNanos) {}
