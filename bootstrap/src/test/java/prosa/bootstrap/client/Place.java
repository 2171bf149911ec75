package prosa.bootstrap.client;

import java.net.URI;

/**
 * Where a Prosa listens.
 *
 * @param http {@code http://127.0.0.1:8080}
 * @param tcp {@code tcp://127.0.0.1:2323}
 */
public record Place(URI http, URI tcp) {}
