package prosa.planted.application.port;

/** Harmless: a port as the house has one. */
public interface MessageEngine {}
