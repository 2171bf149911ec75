package prosa.planted.bootstrap;

/** Harmless. */
public final class Wiring {}
