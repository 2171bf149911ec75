package prosa.bootstrap;

/** What HTTP without encryption is for. */
sealed interface HttpPort {
    /**
     * All that HTTP serves.
     *
     * @param number 0 is any free one
     */
    record Open(int number) implements HttpPort {
        /** @throws IllegalArgumentException if it is no port */
        public Open {
            Options.requirePort(number);
        }
    }

    /**
     * The way to HTTPS, and nothing else.
     *
     * @param number 0 is any free one
     */
    record Redirect(int number) implements HttpPort {
        /** @throws IllegalArgumentException if it is no port */
        public Redirect {
            Options.requirePort(number);
        }
    }

    /** Nothing listens. */
    record Off() implements HttpPort {}
}
