package prosa.lab.experiment;

import java.time.Duration;
import java.util.Locale;
import prosa.lab.figures.Observation;

/**
 * What may be seen in a trial. The ids are stable: reports translate them. A duration's value is as in {@code 512 ms}, {@code 45.2 s}
 * or, if it had not come to its end by then, {@code > 60 s}; a number's is as in {@code 12}.
 */
public enum Seen {
    /** Cut: from the cut until the client's read failed. A duration. */
    CUT_NOTICED("cut-noticed"),
    /** How long the client was away until it followed again. A duration. */
    AWAY("away"),
    /** How many messages it was brought that had been said before it was back. A number. */
    REPLAYED("replayed"),
    /** How often the server said that something may be missing. A number. */
    GAPS("gaps"),

    /** Half-open: who let the packets vanish, {@code network-namespace} or {@code relay}. */
    BY("by"),
    /** Until the server closed the vanished client's connection. A duration. */
    SERVER_NOTICED("server-noticed"),
    /** Until the others were told that the vanished client left, where it has a name. A duration. */
    NAME_LEFT("name-left"),
    /** Until the client gave the vanished server up, or its system did. A duration. */
    CLIENT_NOTICED("client-noticed"),
    /** The time between two heartbeats of the server, or the longest that an answer takes; {@code none}: it has none. A duration. */
    HEARTBEAT("heartbeat"),
    /** Whether a browser shows these heartbeats to a page, so that it can have a watchdog: {@code yes} or {@code no}. */
    HEARTBEAT_SEEN_BY_PAGES("heartbeat-seen-by-pages"),

    /**
     * Stall: what the server did: {@code closed} (the connection), {@code gave-up} (told the others that it left, and lets it read the
     * reason), or {@code waited} (nothing, in all the time). {@code not-observable}: it has no name and its socket can't be looked at.
     */
    SERVER_DID("server-did"),
    /** From when the client stopped reading until the server did that. A duration. */
    SERVER_DID_AFTER("server-did-after"),
    /** The reason that the server gave, as in {@code too-slow} or {@code 1008 too-slow}; {@code none}. */
    REASON("reason"),
    /** The most that the kernels of both sides held for the client, in bytes; {@code unknown} where the system does not tell. */
    BUFFERED("buffered-bytes"),
    /** By how much the slowest message to another follower took longer than usual. A duration. */
    OTHER_DELAYED("other-delayed"),
    /** How many messages another follower lost. A number. */
    OTHER_LOST("other-lost"),

    /** Burst: until the last line arrived. A duration. */
    LAST_AFTER("last-after"),
    /** Until the speaker had said all (over HTTP: until it was answered). A duration. */
    SPOKEN_IN("spoken-in"),
    /** How many lines arrived in a second, on average until the last. A number. */
    LINES_PER_SECOND("lines-per-second"),
    /** How often a line came after one that has a later place. A number. */
    OUT_OF_ORDER("out-of-order"),

    /** Buffering proxy: whether a request's answer showed at once that it had begun, before any message: {@code yes} or {@code no}. */
    OPENED_AT_ONCE("opened-at-once"),
    /** How long a message took in the middle. A duration. */
    USUAL_DELAY("usual-delay"),
    /** How many messages the proxy still held back when all had been said, and some seconds had passed. A number. */
    HELD_BACK("held-back"),

    /** Six feeds: how many of seven rooms were followed at once. A number. */
    ROOMS_FOLLOWED("rooms-followed"),
    /** How many connections that took. A number. */
    CONNECTIONS("connections"),
    /** How many requests waited in the browser's queue. A number. */
    QUEUED("queued"),
    /** How long a POST of the same page took. A duration. */
    POST_AFTER("post-after"),
    /** How long the waiting POST took after two feeds were closed: the seventh feed stands before it in the queue. A duration. */
    POST_AFTER_FEEDS_CLOSED("post-after-feeds-closed"),

    /** In a browser: its name and version. */
    BROWSER("browser"),
    /** How long the request is that opens the wire, without a body. A number. */
    OPENING_BYTES("opening-bytes"),
    /** Whether that request says where the page is from, which is the server's own: {@code yes} or {@code no}. */
    SENDS_ORIGIN("sends-origin"),
    /** Whether it brings the cookie that the page has: {@code yes} or {@code no}. */
    SENDS_COOKIE("sends-cookie"),
    /** How long the head is with which a page's fetch posts. A number. */
    POST_BYTES("post-bytes"),
    /** Until it came back by itself after its connection was reset. A duration. */
    BACK_AFTER("back-after"),
    /** Whether it said then which message it had last: {@code yes} or {@code no}. */
    SENDS_LAST_EVENT_ID("sends-last-event-id"),
    /** What an EventSource does when it is answered 502: {@code tries-again} or {@code ended}. */
    AFTER_502("after-502"),

    /**
     * Unicode: {@code equal}, {@code normalised} (as the protocol says), {@code different}, {@code refused-REASON}, {@code closed-CODE},
     * {@code closed} or {@code nothing}.
     */
    CAME_BACK("came-back"),
    /** The text's length in UTF-8 as it was said. A number. */
    TEXT_BYTES("text-bytes"),
    /** Bytes that the speaker wrote for it, each in a write of its own. A number. */
    BYTES_UP("bytes-up"),
    /** Bytes that the follower read for it. A number. */
    BYTES_DOWN("bytes-down");

    private final String id;

    Seen(String id) {
        this.id = id;
    }

    /** What it is called in figures and reports. */
    public String id() {
        return id;
    }

    Observation is(String value) {
        return new Observation(id, value);
    }

    Observation is(long number) {
        return is(Long.toString(number));
    }

    Observation is(boolean yes) {
        return is(yes ? "yes" : "no");
    }

    Observation is(Duration time) {
        return is(written(time));
    }

    Observation notWithin(Duration time) {
        return is("> " + written(time));
    }

    private static String written(Duration time) {
        if (time.compareTo(Duration.ofSeconds(2)) < 0) {
            return time.toMillis() + " ms";
        }
        String seconds = time.toMillis() % 1_000 == 0 ? "%.0f s" : "%.1f s";
        return String.format(Locale.ROOT, seconds, time.toMillis() / 1_000.0);
    }
}
