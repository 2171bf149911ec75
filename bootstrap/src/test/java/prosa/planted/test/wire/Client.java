package prosa.planted.test.wire;

/** Harmless. */
public interface Client {}
