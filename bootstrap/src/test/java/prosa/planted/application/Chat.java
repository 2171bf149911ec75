package prosa.planted.application;

/** Harmless: a use case. */
public interface Chat {}
