package prosa.delivery;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The state of this class belongs to whoever has the turn of the {@link DeliveryThread}: thread confinement instead of locks. Each
 * method that others can call, and that does more than read what never changes, begins with {@code assert
 * DeliveryThread.hasTurn()}; ArchUnit sees to that. One that any thread may call is {@link AnyThread}.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface OwnedByTurn {
    /** Of a class that is {@link OwnedByTurn}: this method may be called on any thread all the same. */
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.METHOD)
    @interface AnyThread {}
}
