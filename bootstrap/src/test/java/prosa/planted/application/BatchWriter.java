package prosa.planted.application;

/** Harmless: a port as the house has one. */
public interface BatchWriter {}
