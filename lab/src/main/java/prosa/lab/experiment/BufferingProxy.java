package prosa.lab.experiment;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import prosa.lab.Wire;
import prosa.lab.WorkFolder;
import prosa.lab.client.Address;
import prosa.lab.client.Clients;
import prosa.lab.client.Follower;
import prosa.lab.client.Following;
import prosa.lab.client.Hosts;
import prosa.lab.client.Listener;
import prosa.lab.client.Speaker;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;
import prosa.lab.relay.Direction;
import prosa.lab.relay.Fault;
import prosa.lab.relay.Tap;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.Leg;

/**
 * A proxy before the server's HTTP holds responses back until it has 16 KiB of them or they end. It is switched on when the room is
 * followed: a client would wait for the head as well, and whether it would is tried apart.
 */
final class BufferingProxy {
    private static final int BUFFER = 16 * 1024;
    private static final Duration EVERY = Duration.ofMillis(20);
    private static final int BEFORE = 10;
    private static final Duration CALM = Duration.ofSeconds(1);

    private final Address server;
    private final Patience patience;
    private final WorkFolder work;

    BufferingProxy(Address server, Patience patience, WorkFolder work) {
        this.server = server;
        this.patience = patience;
        this.work = work;
    }

    /** TCP's lines pass no HTTP proxy, and so there is no trial of them. */
    List<Trial> trials(Set<Wire> wires) throws IOException, InterruptedException {
        List<Callable<Trial>> all = new ArrayList<>();
        for (Wire wire : wires) {
            if (wire != Wire.TCP) {
                for (Variant variant : List.of(Variant.HEEDS_HEADERS, Variant.IGNORES_HEADERS)) {
                    all.add(() -> trial(wire, variant));
                }
            }
        }
        return Together.all(all);
    }

    private Trial trial(Wire wire, Variant variant) throws IOException, InterruptedException {
        Fault buffer = new Fault.Buffer(BUFFER, variant == Variant.HEEDS_HEADERS);
        Script script = new Script(BEFORE + patience.messages(), "through a proxy that buffers");
        Heard heard = new Heard(script);
        Following deaf = Following.now(script.room(), Listener.DEAF);
        AtomicReference<Fault> response = new AtomicReference<>(Fault.NONE);
        try (Through way = Through.opening(
                        server,
                        link -> {
                            link.set(Direction.DOWN, Objects.requireNonNull(response.get()));
                            return Tap.NONE;
                        },
                        work);
                Speaker speaker = Clients.speaker(Wire.TCP, server, deaf);
                Follower follower = Clients.follow(wire, way.address(), Following.now(script.room(), heard))) {
            script.say(speaker, BEFORE, EVERY);
            heard.awaitAll(patience.settle());
            long usual = heard.usualNanos(0, BEFORE);
            response.set(buffer);
            way.links().forEach(link -> link.set(Direction.DOWN, buffer));
            boolean opens = opens(wire, way, script.room());
            script.say(speaker, patience.messages(), EVERY);
            heard.awaitLast(CALM);
            int heldBack = script.said() - heard.distinct();
            way.links().forEach(link -> link.set(Direction.DOWN, Fault.NONE));
            heard.awaitLast(patience.settle());
            Duration middle = Duration.ofNanos(heard.usualNanos(BEFORE, script.said()));
            List<Observation> seen =
                    List.of(Seen.OPENED_AT_ONCE.is(opens), Seen.USUAL_DELAY.is(middle), Seen.HELD_BACK.is(heldBack));
            return heard.trial(Optional.of(wire), variant, usual, seen);
        }
    }

    /** Whether the first byte of an answer comes through before any message does. */
    private boolean opens(Wire wire, Through way, String room) throws IOException {
        Endpoint proxy = way.address().http();
        String target = switch (wire) {
            case SSE -> "/feed?room=" + room;
            case NDJSON -> "/messages?follow&room=" + room;
            case LONG_POLL -> "/messages?wait=0&room=" + room;
            default -> "/chat?room=" + room;
        };
        String upgrade = wire == Wire.WEBSOCKET
                ? "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                : "";
        String request = "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n".formatted(target, Hosts.written(proxy.at()), upgrade);
        Socket socket = new Socket(proxy.at().getAddress(), proxy.at().getPort());
        try (Leg leg = proxy.join(socket)) {
            leg.limitReads((int) CALM.toMillis());
            leg.out().write(request.getBytes(StandardCharsets.US_ASCII));
            return leg.in().read() >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
