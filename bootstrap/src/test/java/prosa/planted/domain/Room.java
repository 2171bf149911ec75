package prosa.planted.domain;

/** Harmless. */
public record Room(String name) {}
