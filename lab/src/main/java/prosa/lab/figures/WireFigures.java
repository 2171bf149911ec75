package prosa.lab.figures;

import prosa.lab.Wire;

/**
 * What one wire costs.
 *
 * @param connect until the room is followed
 * @param down what brings a message to a follower
 * @param up what takes a message to the server
 * @param latency from the moment a message was due to its arrival at each follower
 * @param cost what the server spends
 * @param vanished how long each side takes to find that the other is gone
 */
public record WireFigures(
        Wire wire, Connect connect, Traffic down, Traffic up, Latency latency, Cost cost, Vanished vanished) {
    /** The same with what was found of who vanishes. */
    public WireFigures with(Vanished found) {
        return new WireFigures(wire, connect, down, up, latency, cost, found);
    }
}
