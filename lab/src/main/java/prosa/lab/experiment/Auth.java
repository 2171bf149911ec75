package prosa.lab.experiment;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import prosa.lab.Wire;
import prosa.lab.client.Address;
import prosa.lab.client.Clients;
import prosa.lab.client.Follower;
import prosa.lab.client.Following;
import prosa.lab.client.Hosts;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;
import prosa.lab.tls.Endpoint;

/**
 * What a page's EventSource, WebSocket and fetch can send to prove who it is, beside what the server answers to each. It asks by hand:
 * no library lets one send what browsers do not. In the trials {@code sent} is how many requests were made, and {@code lost} how many
 * were not answered by HTTP.
 */
final class Auth {
    private static final String FOREIGN = "Origin: http://elsewhere.example";
    private static final String AUTHORIZATION = "Authorization: Bearer abc";
    private static final String COOKIE = "Cookie: session=abc";
    private static final Duration MOMENT = Duration.ofMillis(300);

    private final Address server;

    Auth(Address server) {
        this.server = server;
    }

    List<Trial> trials(Set<Wire> wires) throws IOException, InterruptedException {
        List<Trial> trials = new ArrayList<>();
        for (Wire wire : wires) {
            Asking asking = new Asking();
            switch (wire) {
                case WEBSOCKET -> webSocket(asking);
                case SSE -> eventSource(asking);
                case NDJSON -> fetch(asking, "/messages?follow&room=lab-auth");
                case LONG_POLL -> fetch(asking, "/messages?wait=0&room=lab-auth");
                case TCP -> lines(asking);
            }
            trials.add(asking.trial(wire));
        }
        return trials;
    }

    private void webSocket(Asking asking) throws IOException {
        asking.fact(Fact.PAGE_SENDS_HEADERS, "no");
        asking.fact(Fact.PAGE_CHOOSES_METHOD, "no");
        asking.fact(Fact.PAGE_SENDS_COOKIES, "yes");
        asking.fact(Fact.PAGE_SETS_QUERY, "yes");
        asking.fact(Fact.PAGE_NAMES_SUBPROTOCOL, "yes");
        asking.fact(Fact.PAGE_SENDS_ORIGIN, "always");
        asking.fact(Fact.PAGE_READS_STATUS, "no");
        String own = "Origin: " + server.url();
        asking.status(Fact.STATUS_PLAIN, upgrade(own));
        asking.status(Fact.STATUS_WITH_AUTHORIZATION, upgrade(AUTHORIZATION));
        asking.status(Fact.STATUS_WITH_COOKIE, upgrade(own, COOKIE));
        asking.status(Fact.STATUS_WITHOUT_ORIGIN, upgrade());
        asking.status(Fact.STATUS_FOREIGN_ORIGIN, upgrade(FOREIGN));
        Asked offer = upgrade(own, "Sec-WebSocket-Protocol: other.v1, prosa.v1");
        asking.status(Fact.STATUS_WITH_SUBPROTOCOL, offer);
        asking.fact(Fact.CHOSEN_SUBPROTOCOL, offer.field("Sec-WebSocket-Protocol"));
    }

    private void eventSource(Asking asking) throws IOException {
        String feed = "/feed?room=lab-auth";
        asking.fact(Fact.PAGE_SENDS_HEADERS, "no");
        asking.fact(Fact.PAGE_CHOOSES_METHOD, "no");
        asking.fact(Fact.PAGE_SENDS_COOKIES, "yes");
        asking.fact(Fact.PAGE_SETS_QUERY, "yes");
        asking.fact(Fact.PAGE_SENDS_LAST_EVENT_ID, "on-reconnect");
        asking.fact(Fact.PAGE_SENDS_ORIGIN, "cross-origin");
        asking.fact(Fact.PAGE_READS_STATUS, "no");
        asking.status(Fact.STATUS_PLAIN, get(feed));
        asking.status(Fact.STATUS_WITH_AUTHORIZATION, get(feed, AUTHORIZATION));
        asking.status(Fact.STATUS_WITH_COOKIE, get(feed, COOKIE));
        asking.status(Fact.STATUS_POST, http("POST", feed, "Content-Length: 0"));
        asking.status(Fact.STATUS_WITH_LAST_EVENT_ID, get(feed, "Last-Event-ID: 1-0"));
        asking.status(Fact.STATUS_WITH_SINCE, get(feed + "&since=1-0"));
        fromElsewhere(asking, feed);
    }

    private void fetch(Asking asking, String target) throws IOException {
        asking.fact(Fact.PAGE_SENDS_HEADERS, "yes");
        asking.fact(Fact.PAGE_CHOOSES_METHOD, "yes");
        asking.fact(Fact.PAGE_SENDS_COOKIES, "yes");
        asking.fact(Fact.PAGE_SETS_QUERY, "yes");
        asking.fact(Fact.PAGE_SENDS_ORIGIN, "cross-origin");
        asking.fact(Fact.PAGE_READS_STATUS, "yes");
        asking.status(Fact.STATUS_PLAIN, get(target));
        asking.status(Fact.STATUS_WITH_AUTHORIZATION, get(target, AUTHORIZATION));
        asking.status(Fact.STATUS_WITH_COOKIE, get(target, COOKIE));
        fromElsewhere(asking, target);
    }

    /** Whoever may read across origins still may not send headers there, unless a preflight allows them. */
    private void fromElsewhere(Asking asking, String target) throws IOException {
        Asked read = get(target, FOREIGN);
        asking.status(Fact.STATUS_FOREIGN_ORIGIN, read);
        asking.fact(Fact.ALLOW_ORIGIN, read.field("Access-Control-Allow-Origin"));
        Asked preflight = http(
                "OPTIONS",
                target,
                FOREIGN,
                "Access-Control-Request-Method: GET",
                "Access-Control-Request-Headers: authorization");
        asking.status(Fact.STATUS_PREFLIGHT, preflight);
        asking.fact(Fact.ALLOW_HEADERS, preflight.field("Access-Control-Allow-Headers"));
    }

    private void lines(Asking asking) throws IOException, InterruptedException {
        asking.fact(Fact.PAGE_CONNECTS, "no");
        asking.fact(Fact.PAGE_SENDS_HEADERS, "no");
        asking.fact(Fact.PAGE_SENDS_COOKIES, "no");
        asking.fact(Fact.PAGE_SENDS_ORIGIN, "no");
        AtomicInteger heard = new AtomicInteger();
        Following main = Following.now("main", said -> {
            if (said.text().contains("smuggled")) {
                heard.incrementAndGet();
            }
        });
        try (Follower follower = Clients.follow(Wire.NDJSON, server, main)) {
            String body = "eve\nsmuggled\n";
            Asked form = Asked.of(
                    server.tcp(),
                    "POST / HTTP/1.1",
                    "Host: " + Hosts.written(server.tcp().at()),
                    FOREIGN,
                    "Content-Type: text/plain",
                    "Content-Length: " + body.length(),
                    "",
                    body);
            asking.status(Fact.STATUS_HTTP_REQUEST, form);
            Wait.until(() -> heard.get() > 0, MOMENT);
            asking.fact(Fact.HEARD, heard.get() > 0 ? "yes" : "no");
        }
    }

    private Asked get(String target, String... fields) throws IOException {
        return http("GET", target, fields);
    }

    private Asked upgrade(String... fields) throws IOException {
        List<String> all = new ArrayList<>(List.of(fields));
        all.addAll(List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="));
        return http("GET", "/chat?room=lab-auth", all.toArray(String[]::new));
    }

    private Asked http(String method, String target, String... fields) throws IOException {
        Endpoint http = server.http();
        List<String> lines =
                new ArrayList<>(List.of(method + " " + target + " HTTP/1.1", "Host: " + Hosts.written(http.at())));
        lines.addAll(List.of(fields));
        return Asked.of(http, lines.toArray(String[]::new));
    }

    /** What was asked of one wire. For one thread. */
    private static final class Asking {
        private final List<Observation> seen = new ArrayList<>();
        private int asked;
        private int answered;

        void fact(Fact fact, String value) {
            seen.add(fact.is(value));
        }

        void status(Fact fact, Asked answer) {
            asked++;
            answered += answer.status().isPresent() ? 1 : 0;
            fact(fact, answer.statusOrNone());
        }

        Trial trial(Wire wire) {
            return new Trial(
                    Optional.of(wire),
                    Variant.ONLY.id(),
                    asked,
                    answered,
                    asked - answered,
                    0,
                    OptionalLong.empty(),
                    seen);
        }
    }
}
