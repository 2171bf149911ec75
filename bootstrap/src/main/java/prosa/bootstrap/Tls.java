package prosa.bootstrap;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * What is encrypted.
 *
 * @param certificate where it comes from
 * @param httpsPort 0 is any free one, empty is closed
 * @param tcpPort that of lines over TLS, likewise
 */
record Tls(Certificate certificate, OptionalInt httpsPort, OptionalInt tcpPort) {
    /** @throws IllegalArgumentException if a port is none */
    Tls {
        httpsPort.ifPresent(Options::requirePort);
        tcpPort.ifPresent(Options::requirePort);
    }

    boolean isOpen() {
        return httpsPort.isPresent() || tcpPort.isPresent();
    }

    /** Where the certificate comes from. */
    sealed interface Certificate {
        /** Files in PEM, which somebody else renews. */
        record Files(Path certificate, Path key) implements Certificate {}

        /** Made here, kept in the data folder. */
        record Self() implements Certificate {}
    }
}
