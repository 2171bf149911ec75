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
 * @param ticket that stands for room keys and a claim
 */
public record Credentials(
        Map<RoomName, Secret> roomKeys, Optional<Secret> claim, Optional<Secret> operator, Optional<Secret> ticket) {
    /** Of those who show none. */
    public static final Credentials NONE = new Credentials(Map.of(), Optional.empty(), Optional.empty());

    public Credentials {
        roomKeys = Map.copyOf(roomKeys);
    }

    /** Of those who show secrets themselves. */
    public Credentials(Map<RoomName, Secret> roomKeys, Optional<Secret> claim, Optional<Secret> operator) {
        this(roomKeys, claim, operator, Optional.empty());
    }
}
