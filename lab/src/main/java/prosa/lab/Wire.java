package prosa.lab;

/** The ways in which a program can follow a room, in the order in which they are always shown. */
public enum Wire {
    WEBSOCKET("websocket"),
    SSE("sse"),
    TCP("tcp"),
    NDJSON("ndjson"),
    LONG_POLL("long-poll");

    private final String id;

    Wire(String id) {
        this.id = id;
    }

    /** What the wire is called in figures and reports. */
    public String id() {
        return id;
    }
}
