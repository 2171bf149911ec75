package prosa.lab.page;

import java.util.Optional;
import prosa.lab.tls.Endpoint;

/**
 * Where the server that is looked at listens, as its own host reaches it.
 *
 * @param tcp empty if that is closed
 */
public record Targets(Endpoint http, Optional<Endpoint> tcp) {}
