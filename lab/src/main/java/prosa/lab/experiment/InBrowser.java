package prosa.lab.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import prosa.lab.Wire;
import prosa.lab.WorkFolder;
import prosa.lab.browser.Browser;
import prosa.lab.browser.DevTools;
import prosa.lab.browser.Page;
import prosa.lab.browser.Programs;
import prosa.lab.client.Address;
import prosa.lab.client.Clients;
import prosa.lab.client.Following;
import prosa.lab.client.Listener;
import prosa.lab.client.Speaker;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;
import prosa.lab.relay.Fault;
import tools.jackson.databind.JsonNode;

/**
 * What a real browser does with each wire, seen by a relay before the server: the requests that it sends, how many feeds it opens at
 * once, and whether it comes back by itself. A page can't open a TCP connection, so there is no trial of that.
 */
final class InBrowser {
    private static final int FEEDS = 7;
    private static final Duration MOMENT = Duration.ofSeconds(1);
    /** EventSource waits for 2 s here, as Prosa's {@code retry:} says, and Chromium somewhat longer. */
    private static final Duration AWAY = Duration.ofSeconds(5);

    private final Address server;
    private final Patience patience;
    private final WorkFolder work;

    InBrowser(Address server, Patience patience, WorkFolder work) {
        this.server = server;
        this.patience = patience;
        this.work = work;
    }

    /** Empty where there is no browser. */
    List<Trial> trials(Set<Wire> wires) throws IOException, InterruptedException {
        Optional<Path> program = Programs.ofThisMachine().browser();
        if (program.isEmpty()) {
            return List.of();
        }
        try (Browser browser = Browser.start(program.get(), work)) {
            List<Callable<Trial>> all = new ArrayList<>();
            wires.stream()
                    .filter(wire -> wire != Wire.TCP)
                    .forEach(wire -> all.add(() -> new Tried(browser, wire).trial()));
            return Together.all(all);
        } catch (DevTools.Failed | IllegalStateException e) {
            throw new IOException("the browser: " + e.getMessage(), e);
        }
    }

    /** Each wire has a relay of its own, and so a host of its own: the browser's limit is one a host. */
    private final class Tried {
        private final Browser browser;
        private final Wire wire;
        private final Script script = new Script(FEEDS, "to one of seven rooms");
        private final RequestHeads heads = new RequestHeads();
        private final List<Observation> seen = new ArrayList<>();

        Tried(Browser browser, Wire wire) {
            this.browser = browser;
            this.wire = wire;
        }

        Trial trial() throws IOException, InterruptedException {
            seen.add(Seen.BROWSER.is(browser.product()));
            try (Through way = Through.opening(server, heads::tap, work);
                    Page page = browser.open(way.address().url() + "/health")) {
                page.run(FUNCTIONS);
                openSeven(page);
                post(page);
                comesBack(page, way);
            }
            if (wire == Wire.SSE) {
                seen.add(Seen.AFTER_502.is(after502()));
            }
            return new Trial(Optional.of(wire), Variant.ONLY.id(), 0, 0, 0, 0, OptionalLong.empty(), seen);
        }

        private String target(int feed) {
            String room = script.room() + "-" + feed;
            return switch (wire) {
                case WEBSOCKET -> "/chat?name=lab&room=" + room;
                case SSE -> "/feed?room=" + room;
                case NDJSON -> "/messages?follow&room=" + room;
                case LONG_POLL -> "/messages?wait=25&room=" + room;
                case TCP -> throw new IllegalStateException("no page has one");
            };
        }

        private Optional<RequestHeads.Head> opening(int feed) {
            return heads.to(target(feed)).findFirst();
        }

        private long opened() {
            return IntStream.range(0, FEEDS)
                    .filter(feed -> opening(feed).isPresent())
                    .count();
        }

        private void openSeven(Page page) throws InterruptedException {
            for (int feed = 0; feed < FEEDS; feed++) {
                page.run("lab.open('%s', '%s')".formatted(wire.id(), target(feed)));
            }
            Wait.until(() -> opened() == FEEDS, MOMENT);
            RequestHeads.Head first = opening(0).orElseThrow(() -> new IllegalStateException("nothing was opened"));
            seen.add(Seen.OPENING_BYTES.is(first.bytes()));
            seen.add(Seen.SENDS_ORIGIN.is(first.has("origin")));
            seen.add(Seen.SENDS_COOKIE.is(first.has("cookie")));
        }

        private void post(Page page) throws InterruptedException {
            String target = "/messages?name=lab&room=" + script.room() + "-post";
            JsonNode after = page.run("lab.post('%s', %d)".formatted(target, MOMENT.toMillis()));
            long open = opened();
            seen.add(Seen.ROOMS_FOLLOWED.is(open));
            seen.add(Seen.CONNECTIONS.is(heads.connections(
                    IntStream.range(0, FEEDS).mapToObj(this::target).toList())));
            seen.add(Seen.QUEUED.is(FEEDS - open + (after.isNumber() ? 0 : 1)));
            if (after.isNumber()) {
                seen.add(Seen.POST_AFTER.is(millis(after)));
            } else {
                seen.add(Seen.POST_AFTER.notWithin(MOMENT));
                // The seventh feed stands before the POST in the queue: it takes two to let both in.
                seen.add(Seen.POST_AFTER_FEEDS_CLOSED.is(millis(page.run("lab.closeTwo()"))));
            }
            Wait.until(() -> heads.to(target).findFirst().isPresent(), patience.settle());
            heads.to(target).findFirst().ifPresent(head -> seen.add(Seen.POST_BYTES.is(head.bytes())));
        }

        private static Duration millis(JsonNode number) {
            return Duration.ofMillis(Math.round(number.asDouble()));
        }

        /** One feed is left, has been brought a message, and then its connection is reset. */
        private void comesBack(Page page, Through way) throws IOException, InterruptedException {
            int last = FEEDS - 1;
            page.run("lab.closeAllButTheLast()");
            try (Speaker speaker =
                    Clients.speaker(Wire.NDJSON, server, Following.now(script.room() + "-" + last, Listener.DEAF))) {
                speaker.say("before the cut");
            }
            page.run("lab.came(1, %d)".formatted(patience.settle().toMillis()));
            long before = heads.to(target(last)).count();
            long cut = System.nanoTime();
            way.set(new Fault.Cut(Fault.Cut.How.RST));
            boolean back = Wait.until(() -> heads.to(target(last)).count() > before, AWAY);
            seen.add(back ? Seen.BACK_AFTER.is(Wait.since(cut)) : Seen.BACK_AFTER.notWithin(AWAY));
            if (back) {
                seen.add(Seen.SENDS_LAST_EVENT_ID.is(
                        heads.to(target(last)).skip(before).anyMatch(head -> head.has("last-event-id"))));
            }
        }

        /** As from a proxy whose server is just being restarted. */
        private String after502() throws IOException {
            try (BadGateway proxy = BadGateway.start();
                    Page page = browser.open("http://127.0.0.1:" + proxy.port() + "/")) {
                page.run(FUNCTIONS);
                return page.run("lab.afterAnError('/feed')").asString();
            }
        }
    }

    /** Each {@code lab.open} is of one feed, which is counted when it brings a message. */
    private static final String FUNCTIONS = """
            window.lab = (() => {
              document.cookie = 'lab=1';
              const feeds = [];
              let came = 0;
              let posted;
              const pause = millis => new Promise(done => setTimeout(done, millis));
              const heard = text => { came += text.includes('"said"') || text.includes('before the cut') ? 1 : 0; };
              const kinds = {
                websocket(target) {
                  const socket = new WebSocket(location.origin.replace('http', 'ws') + target, 'prosa.v1');
                  socket.onmessage = event => heard(event.data);
                  return () => socket.close();
                },
                sse(target) {
                  const source = new EventSource(target);
                  source.onmessage = event => heard(event.data);
                  return () => source.close();
                },
                ndjson(target) {
                  const stop = new AbortController();
                  fetch(target, { signal: stop.signal, cache: 'no-store' }).then(async answer => {
                    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
                    for (let part = await reader.read(); !part.done; part = await reader.read()) heard(part.value);
                  }).catch(() => {});
                  return () => stop.abort();
                },
                'long-poll'(target) {
                  const stop = new AbortController();
                  fetch(target, { signal: stop.signal, cache: 'no-store' }).then(answer => answer.text()).then(heard).catch(() => {});
                  return () => stop.abort();
                },
              };
              return {
                open(kind, target) { feeds.push(kinds[kind](target)); },
                post(target, millis) {
                  const asked = performance.now();
                  posted = fetch(target, { method: 'POST', body: 'a post of the same page' }).then(() => performance.now() - asked);
                  return Promise.race([posted, pause(millis)]);
                },
                async closeTwo() {
                  const closed = performance.now();
                  feeds.shift()();
                  feeds.shift()();
                  await posted;
                  return performance.now() - closed;
                },
                closeAllButTheLast() { while (feeds.length > 1) feeds.shift()(); },
                async came(count, millis) {
                  for (const end = performance.now() + millis; came < count && performance.now() < end;) await pause(5);
                  return came;
                },
                afterAnError(target) {
                  return new Promise(done => {
                    const source = new EventSource(target);
                    source.onerror = () => done(source.readyState === EventSource.CLOSED ? 'ended' : 'tries-again');
                  });
                },
              };
            })();
            true""";
}
