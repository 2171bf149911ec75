package prosa.application.port;

import java.util.Map;
import java.util.Optional;
import prosa.domain.RoomName;

/**
 * The secrets that somebody shows along with what they ask for. Nothing is checked yet.
 *
 * @param roomKeys of closed rooms
 * @param claim of the name that they use
 * @param operator the operators' token
 */
public record Credentials(Map<RoomName, Secret> roomKeys, Optional<Secret> claim, Optional<Secret> operator) {
    /** Of those who show none. */
    public static final Credentials NONE = new Credentials(Map.of(), Optional.empty(), Optional.empty());

    public Credentials {
        roomKeys = Map.copyOf(roomKeys);
    }
}
