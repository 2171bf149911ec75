package prosa.lab.experiment;

import prosa.lab.figures.Observation;

/**
 * What is seen in the experiment {@code auth}. Ids that begin with {@code page-} say whether a page's script can do something ({@code
 * yes} or {@code no}); they are facts of the browsers' interfaces (WHATWG HTML §9.2, WebSockets §3, Fetch §3.2). Ids that begin with
 * {@code status-} are what this server answered to a request that does it: a status of HTTP, or {@code none}. The ids are stable.
 */
public enum Fact {
    /** Send an {@code Authorization} or any other header of its own. */
    PAGE_SENDS_HEADERS("page-sends-headers"),
    /** Use another method than GET. */
    PAGE_CHOOSES_METHOD("page-chooses-method"),
    /** Have the browser send cookies along. */
    PAGE_SENDS_COOKIES("page-sends-cookies"),
    /** Put what it likes into the query, where logs and histories keep it. */
    PAGE_SETS_QUERY("page-sets-query"),
    /** Name a subprotocol, the one header that a WebSocket's page chooses. */
    PAGE_NAMES_SUBPROTOCOL("page-names-subprotocol"),
    /** Send {@code Last-Event-ID}: the browser does, and only when it comes back. Value: {@code on-reconnect}, or as above. */
    PAGE_SENDS_LAST_EVENT_ID("page-sends-last-event-id"),
    /** Whether the browser tells where the page is from. Value: {@code always}, {@code cross-origin} (then only), or {@code no}. */
    PAGE_SENDS_ORIGIN("page-sends-origin"),
    /** Read the status of a refusal. */
    PAGE_READS_STATUS("page-reads-status"),
    /** Open such a connection at all. */
    PAGE_CONNECTS("page-connects"),

    /** As a page of the server's own does. */
    STATUS_PLAIN("status-plain"),
    /** With an {@code Authorization}, which only programs, and pages by fetch, can send. */
    STATUS_WITH_AUTHORIZATION("status-with-authorization"),
    /** With a cookie. */
    STATUS_WITH_COOKIE("status-with-cookie"),
    /** By POST. */
    STATUS_POST("status-post"),
    /** With a {@code Last-Event-ID}. */
    STATUS_WITH_LAST_EVENT_ID("status-with-last-event-id"),
    /** With a place to resume after in the query. */
    STATUS_WITH_SINCE("status-with-since"),
    /** With the {@code Origin} of another site's page. */
    STATUS_FOREIGN_ORIGIN("status-foreign-origin"),
    /** What the answer to that says about who may read it: the value of {@code Access-Control-Allow-Origin}, or {@code none}. */
    ALLOW_ORIGIN("allow-origin"),
    /** A browser's question before a page of another site may send {@code Authorization} (Fetch §4.8). */
    STATUS_PREFLIGHT("status-preflight"),
    /** The answer to that: which headers such a page may send. */
    ALLOW_HEADERS("allow-headers"),
    /** Without an {@code Origin}, as programs do. */
    STATUS_WITHOUT_ORIGIN("status-without-origin"),
    /** With subprotocols offered. */
    STATUS_WITH_SUBPROTOCOL("status-with-subprotocol"),
    /** Which one the server chose. */
    CHOSEN_SUBPROTOCOL("chosen-subprotocol"),
    /** A browser's POST of a form to the TCP port. */
    STATUS_HTTP_REQUEST("status-http-request"),
    /** Whether anything of that request was heard as said: {@code yes} or {@code no}. */
    HEARD("heard");

    private final String id;

    Fact(String id) {
        this.id = id;
    }

    /** What it is called in figures and reports. */
    public String id() {
        return id;
    }

    Observation is(String value) {
        return new Observation(id, value);
    }
}
