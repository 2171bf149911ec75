package prosa.application;

/** A connection that only listens. */
@FunctionalInterface
public interface OpenFeed {
    /** The connection is gone. Any thread; may be called more than once. */
    void gone();
}
