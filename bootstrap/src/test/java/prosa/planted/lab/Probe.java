package prosa.planted.lab;

/** Harmless. */
public interface Probe {}
