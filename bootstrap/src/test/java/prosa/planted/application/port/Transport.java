package prosa.planted.application.port;

import prosa.planted.domain.Room;

/** Harmless: a port as the house has one. */
public interface Transport {
    Room room();
}
