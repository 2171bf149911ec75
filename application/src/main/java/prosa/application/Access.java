package prosa.application;

import java.util.Map;
import java.util.Optional;
import prosa.application.port.Secret;
import prosa.domain.RoomName;

/**
 * By which secrets one gets in, as whoever runs the house has set it.
 *
 * @param operators the token by which operators are known; empty: there are none
 * @param roomKeys of rooms that are closed for good
 */
public record Access(Optional<Secret.Hash> operators, Map<RoomName, Secret.Hash> roomKeys) {
    /** Without operators and with open rooms. */
    public static final Access OPEN = new Access(Optional.empty(), Map.of());

    public Access {
        roomKeys = Map.copyOf(roomKeys);
    }
}
