package prosa.lab.client;

/** What a byte on a connection is for. Every byte that a client reads or writes is of one of these kinds. */
public enum ByteKind {
    /** All until the room is followed, but TLS's own: HTTP's first request and head, WebSocket's upgrade, the join and its welcome. */
    HANDSHAKE,
    /** The text of a message itself, in UTF-8, as its author wrote it. */
    PAYLOAD,
    /** What Prosa says with the text: the JSON around it, and the escapes in it. */
    ENVELOPE,
    /** What tells one message from the next: frame headers, {@code id:} and {@code data:}, line ends, HTTP's heads, chunk sizes. */
    FRAMING,
    /** What only says that the other side is still there: pings and pongs, comments, blank lines, polls that brought nothing. */
    HEARTBEAT,
    /** What is no message: acknowledgements, presence, refusals, answers to a POST; with their framing. */
    NOTICE,
    /** What TLS adds to all that: its own handshake, the headers, padding and tags of its records, its good-bye (RFC 8446). */
    TLS
}
