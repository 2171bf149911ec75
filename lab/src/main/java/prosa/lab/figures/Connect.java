package prosa.lab.figures;

/**
 * What it takes until a connection follows its room.
 *
 * @param bytesUp from the client, without TCP/IP headers
 * @param bytesDown from the server, without TCP/IP headers, up to and with what says that the room is followed
 * @param roundTrips how often one side had to wait for the other's answer, TCP's own handshake included
 */
public record Connect(long bytesUp, long bytesDown, int roundTrips) {
    public Connect {
        Check.atLeast(0, bytesUp, "bytesUp");
        Check.atLeast(0, bytesDown, "bytesDown");
        Check.atLeast(1, roundTrips, "roundTrips");
    }
}
