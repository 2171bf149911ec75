package prosa.lab.bytes;

/** What a byte is there for. */
public enum Kind {
    /** To begin or to end: heads of HTTP, the choice of a dialect, WebSocket's close. */
    HANDSHAKE,
    /** To tell messages apart: WebSocket's frame headers, the fields of an event stream, sizes of chunks, ends of lines. */
    FRAMING,
    /** The JSON around a text: who says it, where and when. */
    ENVELOPE,
    /** The text that somebody said. */
    PAYLOAD,
    /** To find out whether there is still somebody: pings, pongs, comments, blank lines. */
    HEARTBEAT
}
