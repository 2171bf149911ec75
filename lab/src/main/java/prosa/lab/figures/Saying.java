package prosa.lab.figures;

import java.util.OptionalDouble;

/**
 * What it takes to say a message, by the way that goes with a wire: on the connection itself (WebSocket, TCP), or by a POST. It is
 * measured alone in a room, so that no delivery is in it.
 *
 * @param traffic what takes the message to the server and brings its acknowledgement
 * @param acknowledged from the moment a message was due until its acknowledgement, or the POST's answer, had come; each waits for the
 *     one before
 * @param cpuMicros processor time of the server for one message, in microseconds; empty where its process can't be looked at
 */
public record Saying(Traffic traffic, Latency acknowledged, OptionalDouble cpuMicros) {
    public Saying {
        cpuMicros.ifPresent(micros -> Check.notNegative(micros, "cpuMicros"));
    }
}
