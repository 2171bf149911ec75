package prosa.lab.page;

import java.util.Optional;
import prosa.lab.tls.TlsServer;

/**
 * How one may speak on the lab's port. Which of the two somebody speaks, the first byte tells.
 *
 * @param plain whether in the clear: not where the server serves nothing so
 * @param tls over TLS, which ends there; empty if the server has no certificate
 */
public record Spoken(boolean plain, Optional<TlsServer> tls) {}
