package prosa.lab.figures;

import java.util.Optional;

/**
 * What it takes until a connection follows its room.
 *
 * @param bytesUp from the client, without TCP/IP headers
 * @param bytesDown from the server, without TCP/IP headers, up to and with what says that the room is followed
 * @param roundTrips how often one side had to wait for the other's answer, TCP's and TLS's own handshakes included
 * @param tls what of the bytes is TLS's own: handshake, record headers, tags; empty in the clear
 */
public record Connect(long bytesUp, long bytesDown, int roundTrips, Optional<Tls> tls) {
    public Connect {
        Check.atLeast(0, bytesUp, "bytesUp");
        Check.atLeast(0, bytesDown, "bytesDown");
        Check.atLeast(1, roundTrips, "roundTrips");
    }

    /** TLS's own part of the bytes, in either direction. */
    public record Tls(long bytesUp, long bytesDown) {
        public Tls {
            Check.atLeast(0, bytesUp, "bytesUp");
            Check.atLeast(0, bytesDown, "bytesDown");
        }
    }
}
