package prosa.lab.figures;

import java.util.Optional;

/**
 * What a message weighs on its way in one direction, in bytes per message, on average over {@code messages}. Presence, which is
 * nobody's message, and heartbeats are not in it.
 *
 * @param messages how many went that way; 0 if none did, and then all else is 0
 * @param payload the text itself, in UTF-8
 * @param envelope what Prosa says with it: the JSON around the text, and escapes in it
 * @param framing what the wire needs to tell one message from the next: WebSocket's frame headers, {@code id:} and {@code data:}
 *     of an event stream, HTTP's heads and chunk sizes, line ends
 * @param back what goes the other way for it: an acknowledgement, an HTTP response, the next poll's request
 * @param tls what TLS adds in both directions: headers, padding and tags of its records, those that carry nobody's message among them;
 *     empty in the clear
 * @param headers TCP's and IP's headers; empty if the kernel did not tell and nothing can be estimated
 */
public record Traffic(
        long messages,
        double payload,
        double envelope,
        double framing,
        double back,
        Optional<Tls> tls,
        Optional<Headers> headers) {
    public Traffic {
        Check.atLeast(0, messages, "messages");
        Check.notNegative(payload, "payload");
        Check.notNegative(envelope, "envelope");
        Check.notNegative(framing, "framing");
        Check.notNegative(back, "back");
    }

    /** Bytes per message in its own direction, without what TLS adds and TCP/IP headers. */
    public double along() {
        return payload + envelope + framing;
    }

    /** Bytes per message in both directions, with what is known of the headers. */
    public double total() {
        return along()
                + back
                + tls.map(tls -> tls.along() + tls.back()).orElse(0.0)
                + headers.map(headers -> headers.along() + headers.back()).orElse(0.0);
    }

    /**
     * What TLS adds, in bytes per message.
     *
     * @param along in the message's direction
     * @param back in the other
     */
    public record Tls(double along, double back) {
        public Tls {
            Check.notNegative(along, "along");
            Check.notNegative(back, "back");
        }
    }

    /**
     * TCP's and IP's headers, in bytes per message; those of bare acknowledgements are among them.
     *
     * @param along in the message's direction
     * @param back in the other
     */
    public record Headers(double along, double back, Source source) {
        public Headers {
            Check.notNegative(along, "along");
            Check.notNegative(back, "back");
        }
    }

    /** How a number of segments is known. */
    public enum Source {
        /** The kernel counted them (TCP_INFO). */
        KERNEL("kernel"),
        /** One segment for each write and read that a client did: TCP may have sent fewer or more. */
        ESTIMATED("estimated");

        private final String id;

        Source(String id) {
            this.id = id;
        }

        /** What it is called in figures. */
        public String id() {
            return id;
        }
    }
}
