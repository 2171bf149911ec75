package prosa.lab.experiment;

/** In which ways an experiment is done. Their ids are stable: reports translate them. */
public enum Variant {
    /** There is but one way. */
    ONLY(""),
    /** Cut: the client comes back after the last message that it got. */
    WITH_RESUME("with-resume"),
    /** Cut: the client comes back and follows from then on. */
    WITHOUT_RESUME("without-resume"),
    /** Half-open: a client that waits for what comes, as browsers and most programs do. */
    NO_WATCHDOG("no-watchdog"),
    /** Half-open: a client that gives up when nothing has come for the time of 2.5 heartbeats, or an answer is 5 s overdue. */
    WITH_HEARTBEAT_WATCHDOG("with-heartbeat-watchdog"),
    /** Burst: said by one WebSocket, without waiting for acknowledgements. */
    FROM_WEBSOCKET("from-websocket"),
    /** Burst: said by one TCP connection, without waiting for acknowledgements. */
    FROM_TCP("from-tcp"),
    /** Burst: said by POSTs on several connections, each of which waits for its answer. */
    FROM_HTTP("from-http"),
    /** Buffering proxy: it lets pass what the response's headers forbid to buffer. */
    HEEDS_HEADERS("heeds-headers"),
    /** Buffering proxy: it buffers whatever the headers say. */
    IGNORES_HEADERS("ignores-headers"),
    /** Six feeds: a connection for each of seven rooms. */
    ONE_ROOM_EACH("one-room-each"),
    /** Six feeds: one connection for seven rooms. */
    ONE_FEED_OF_SEVEN_ROOMS("one-feed-of-seven-rooms");

    private final String id;

    Variant(String id) {
        this.id = id;
    }

    /** What it is called in figures and reports. */
    public String id() {
        return id;
    }
}
