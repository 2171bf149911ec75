package prosa.application.port;

import java.time.Instant;

/**
 * What stands in an address for secrets, where no header can be set.
 *
 * @param expires it holds until then if nobody has come with it
 */
public record Ticket(Secret secret, Instant expires) {}
