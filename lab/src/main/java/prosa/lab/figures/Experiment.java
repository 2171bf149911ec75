package prosa.lab.figures;

import java.util.List;

/** One thing that was done to the wires, and what each made of it. */
public record Experiment(Kind kind, List<Trial> trials) {
    public Experiment {
        trials = List.copyOf(trials);
    }

    /** What is tried, in the order in which it is shown. */
    public enum Kind {
        /** A connection is killed in mid-conversation. */
        CUT("cut"),
        /** A client stops reading. */
        STALL("stall"),
        /** Packets vanish without a FIN. */
        HALF_OPEN("half-open"),
        /** A relay holds responses back. */
        BUFFERING_PROXY("buffering-proxy"),
        /** A client may open six connections a host, as browsers over HTTP/1.1. */
        SIX_FEEDS("six-feeds"),
        /** What a real browser sends, and how many feeds it opens at once. */
        BROWSER("browser"),
        /** 10,000 lines at once. */
        BURST("burst"),
        /** What a browser's EventSource and WebSocket can and can't send. */
        AUTH("auth"),
        /** Text of every kind through every framing, byte by byte. */
        UNICODE("unicode");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** What it is called on the command line, in figures and reports. */
        public String id() {
            return id;
        }
    }
}
