package prosa.lab.relay;

/** Which way bytes go through a relay. */
public enum Direction {
    /** From the client to the server. */
    UP,
    /** From the server to the client. */
    DOWN
}
