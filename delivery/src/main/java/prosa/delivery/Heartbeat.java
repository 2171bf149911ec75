package prosa.delivery;

import java.time.Duration;

/**
 * What keeps a connection alive in silence.
 *
 * @param every how often it is sent
 * @param bytes whole wire units
 */
public record Heartbeat(Duration every, byte[] bytes) {}
