package prosa.lab.figures;

import prosa.lab.Wire;

/**
 * What one wire costs.
 *
 * @param connect until the room is followed
 * @param down what brings a message to a follower
 * @param latency from the moment a message was due to its arrival at each follower; on every wire it was said by the same WebSocket
 * @param saying what it takes to say one
 * @param cost what the server spends
 * @param vanished how long each side takes to find that the other is gone
 */
public record WireFigures(
        Wire wire, Connect connect, Traffic down, Latency latency, Saying saying, Cost cost, Vanished vanished) {
    /** The same with what was found of who vanishes. */
    public WireFigures with(Vanished found) {
        return new WireFigures(wire, connect, down, latency, saying, cost, found);
    }
}
