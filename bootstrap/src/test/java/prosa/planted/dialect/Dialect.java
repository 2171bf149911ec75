package prosa.planted.dialect;

/** Harmless. */
public interface Dialect {}
