package prosa.lab.experiment;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import prosa.lab.Wire;
import prosa.lab.client.Address;
import prosa.lab.client.Clients;
import prosa.lab.client.Follower;
import prosa.lab.client.Following;
import prosa.lab.relay.Direction;
import prosa.lab.relay.Fault;
import prosa.lab.relay.Tap;

/**
 * Relays that swallow what they get, one for each client, so that it is known whose connection the server closes. Unlike a network
 * that is gone they acknowledge what they swallow, and answer TCP's keep-alive.
 */
final class RelayWay implements Way {
    private final Address server;
    private final Map<Follower, Swallower> swallowers = new ConcurrentHashMap<>();

    RelayWay(Address server) {
        this.server = server;
    }

    private record Swallower(Through relays, AtomicBoolean serverEnded) {}

    @Override
    public String id() {
        return "relay";
    }

    @Override
    public boolean losesPackets() {
        return false;
    }

    @Override
    public Follower follow(Wire wire, Following following) throws IOException {
        AtomicBoolean ended = new AtomicBoolean();
        Through relays = Through.to(server, link -> new Tap() {
            @Override
            public void ended(Direction direction, boolean reset, long nanos) {
                if (direction == Direction.DOWN) {
                    ended.set(true);
                }
            }
        });
        try {
            Follower follower = Clients.follow(wire, relays.address(), following);
            swallowers.put(follower, new Swallower(relays, ended));
            return follower;
        } catch (IOException e) {
            relays.close();
            throw e;
        }
    }

    @Override
    public Address around() {
        return server;
    }

    @Override
    public void vanish() {
        swallowers.values().forEach(one -> one.relays.set(new Fault.HalfOpen()));
    }

    @Override
    public boolean serverHolds(Follower follower) {
        Swallower its = swallowers.get(follower);
        return its != null && !its.serverEnded.get();
    }

    @Override
    public void close() {
        swallowers.values().forEach(one -> one.relays.close());
    }
}
