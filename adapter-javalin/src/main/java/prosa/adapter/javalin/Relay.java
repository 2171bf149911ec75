package prosa.adapter.javalin;

import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Another way to us, on a port of this host's own, from which requests of our own pages are passed on as they are.
 *
 * @param port while it is open
 * @param isToken whether somebody who says this in a request's {@code lab}, before a dot, is one of our own pages: no other can know it
 */
public record Relay(Supplier<OptionalInt> port, Predicate<String> isToken) {
    /** No such way. */
    public static final Relay NONE = new Relay(OptionalInt::empty, token -> false);
}
