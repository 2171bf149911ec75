package prosa.lab.client;

import java.io.IOException;
import prosa.lab.Wire;
import prosa.lab.tls.Endpoint;

/** Opens a client for each wire. Each call returns when the room is followed, and fails after some seconds if that does not happen. */
public final class Clients {
    private Clients() {}

    public static Follower follow(Wire wire, Address address, Following following) throws IOException {
        return switch (wire) {
            case WEBSOCKET, TCP -> talk(wire, address, following);
            case SSE -> started(new SseFollower(open(address.http(), address), address, following));
            case NDJSON -> started(new NdjsonFollower(open(address.http(), address), address, following));
            case LONG_POLL -> started(new LongPollFollower(open(address.http(), address), address, following));
        };
    }

    /**
     * Follows and can speak on the same connection.
     *
     * @throws IllegalArgumentException if the wire has but one direction
     */
    public static Talker talk(Wire wire, Address address, Following following) throws IOException {
        return switch (wire) {
            case WEBSOCKET -> started(new WebSocketClient(open(address.http(), address), address, following));
            case TCP -> started(new LineFollower(open(address.tcp(), address), following));
            case SSE, NDJSON, LONG_POLL -> throw new IllegalArgumentException(wire + " has but one direction");
        };
    }

    /** What one speaks with beside a wire: its own connection where it has two directions, else POSTs. */
    public static Speaker speaker(Wire wire, Address address, Following following) throws IOException {
        return switch (wire) {
            case WEBSOCKET, TCP -> talk(wire, address, following);
            case SSE, NDJSON, LONG_POLL -> new HttpSpeaker(open(address.http(), address), address, following);
        };
    }

    private static Connection open(Endpoint to, Address address) throws IOException {
        return Connection.open(to, address.receiveBuffer());
    }

    private static <F extends Reading> F started(F follower) throws IOException {
        follower.start();
        return follower;
    }
}
