package prosa.application.port;

import java.time.Instant;
import prosa.domain.Name;

/**
 * Somebody who is banned, as operators are shown it.
 *
 * @param whom a claimed name, or {@code @} and an address: by which an operator unbans them
 * @param by the operator
 * @param until when it ends
 */
public record Banned(String whom, Name by, Instant until) {}
