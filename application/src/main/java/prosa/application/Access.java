package prosa.application;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import prosa.application.port.Secret;
import prosa.domain.RoomName;

/**
 * By which secrets one gets in, as whoever runs the house has set it.
 *
 * @param operators the token by which operators are known; empty: there are none
 * @param roomKeys of rooms that are closed for good
 * @param claimLapse a claimed name is nobody's again when nobody has used it for so long
 */
public record Access(Optional<Secret.Hash> operators, Map<RoomName, Secret.Hash> roomKeys, Duration claimLapse) {
    /** How many days a claim lasts if nobody says. */
    public static final int CLAIM_DAYS = 180;

    /** Without operators and with open rooms. */
    public static final Access OPEN = new Access(Optional.empty(), Map.of());

    public Access {
        roomKeys = Map.copyOf(roomKeys);
    }

    /** With claims that last as long as usual. */
    public Access(Optional<Secret.Hash> operators, Map<RoomName, Secret.Hash> roomKeys) {
        this(operators, roomKeys, Duration.ofDays(CLAIM_DAYS));
    }
}
