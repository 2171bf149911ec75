package prosa.planted.delivery;

/** Harmless: a port as the house has one. */
public interface BatchWriter {}
