import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Claims } from "../../main/resources/web/js/claims.js";
import { Session } from "../../main/resources/web/js/session.js";

/** A socket whose other end is the test. */
class Socket {
  static all = [];
  static get last() {
    return Socket.all.at(-1);
  }
  sent = [];
  constructor(url, protocol) {
    this.url = url;
    this.protocol = protocol;
    Socket.all.push(this);
  }
  send(line) {
    this.sent.push(JSON.parse(line));
  }
  close() {
    this.closed = true;
  }
  opens() {
    this.onopen();
  }
  says(...events) {
    this.onmessage({ data: events.map((event) => `${JSON.stringify(event)}\n`).join("") });
  }
  breaks(code = 1006, reason = "") {
    this.onclose({ code, reason });
  }
  asked(type) {
    return this.sent.filter((event) => event.type === type);
  }
}

const AT = "2026-03-01T12:00:00Z";
const welcome = (more = {}) => ({
  type: "welcome", room: "main", name: "Alex", token: "secret", position: "7-10", count: 1, present: [{ name: "Alex", via: "ws" }], ...more,
});
const said = (offset, by, text) => ({ type: "said", id: `7-${offset}`, room: "main", by, via: "ws", at: AT, text });

let stored;
let secrets;

function open(saved = null, roomWanted) {
  stored = saved;
  const memory = { load: () => stored, save: (value) => (stored = JSON.parse(JSON.stringify(value))) };
  secrets = null;
  const claims = new Claims({ load: () => secrets, save: (value) => (secrets = JSON.parse(JSON.stringify(value))) });
  const session = new Session("ws://here/chat", { memory, claims, changed: () => {} }, Socket);
  session.start(roomWanted);
  return session;
}

function joined() {
  const session = open();
  session.join("Alex", "main");
  Socket.last.opens();
  Socket.last.says(welcome({ recent: [] }));
  return session;
}

/** As long as the first try after a cut takes at most. */
const AFTER_A_CUT_MS = 4_000;

function comesBack(more) {
  Socket.last.breaks();
  mock.timers.tick(AFTER_A_CUT_MS);
  Socket.last.opens();
  Socket.last.says(welcome(more));
}

const shown = (session) => session.conversation.items.map((item) => [item.text, item.state]);

beforeEach(() => {
  Socket.all = [];
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.parse(AT) });
});
afterEach(() => mock.timers.reset());

test("it speaks prosa.v1, and joins with the name that was asked for", () => {
  const session = joined();
  assert.equal(Socket.last.protocol, "prosa.v1");
  assert.deepEqual(Socket.last.sent[0], { type: "join", name: "Alex", room: "main", ref: "join" });
  assert.equal(session.phase, "joined");
});

test("a refused name is asked again, with the reason", () => {
  const session = open();
  session.join("Alex", "main");
  Socket.last.opens();
  Socket.last.says({ type: "refused", reason: "name-taken", message: "taken", ref: "join" }, { type: "ask" });
  assert.equal(session.phase, "asking");
  assert.equal(session.refusal.reason, "name-taken");
  session.join("Lex", "main");
  Socket.last.says(welcome({ name: "Lex", recent: [] }));
  assert.equal(session.phase, "joined");
  assert.equal(session.refusal, null);
});

test("a lost connection comes back by itself, under its name and at its place", () => {
  const session = joined();
  Socket.last.says(said(11, "Bia", "seen"));
  comesBack({ token: "next", position: "7-12" });
  assert.deepEqual(Socket.last.sent[0], { type: "join", name: "Alex", room: "main", token: "secret", since: "7-11", ref: "join" });
  Socket.last.says(said(12, "Bia", "missed"));
  assert.deepEqual(shown(session).map(([text]) => text), ["seen", "missed"]);
});

test("what was not acknowledged is said again under the same key", () => {
  const session = joined();
  session.say("hello");
  const first = Socket.last.asked("say")[0];
  comesBack();
  assert.deepEqual(Socket.last.asked("say"), [first]);
  Socket.last.says({ type: "ack", ref: first.ref, id: "7-11", at: AT });
  assert.deepEqual(shown(session), [["hello", "sent"]]);
});

test("what is written while there is no connection is said when it is back, in order", () => {
  const session = joined();
  Socket.last.breaks();
  session.say("one");
  session.say("two");
  assert.deepEqual(shown(session), [["one", "sending"], ["two", "sending"]]);
  mock.timers.tick(AFTER_A_CUT_MS);
  Socket.last.opens();
  assert.deepEqual(Socket.last.asked("say"), []);
  Socket.last.says(welcome());
  assert.deepEqual(Socket.last.asked("say").map(({ text }) => text), ["one", "two"]);
});

const tooFast = ({ ref }, retryAfterMs) => ({ type: "refused", reason: "too-fast", message: "…", ref, ...(retryAfterMs && { retryAfterMs }) });
const acknowledges = ({ ref }, offset) => Socket.last.says({ type: "ack", ref, id: `7-${offset}`, at: AT });

test("what is too much at once waits, and is said again under its key once the time is over", () => {
  const session = joined();
  session.say("hello");
  const [first] = Socket.last.asked("say");
  Socket.last.says(tooFast(first, 200));
  assert.deepEqual(session.conversation.items.map(({ state, waits }) => [state, waits]), [["sending", true]]);
  assert.ok(session.isWaiting);
  mock.timers.tick(199);
  assert.equal(Socket.last.asked("say").length, 1);
  mock.timers.tick(1);
  assert.deepEqual(Socket.last.asked("say"), [first, first]);
  assert.equal(session.conversation.items[0].waits, undefined);
  acknowledges(first, 11);
  assert.deepEqual(shown(session), [["hello", "sent"]]);
  mock.timers.tick(60_000);
  assert.equal(Socket.last.asked("say").length, 2);
});

test("what waits is said in the order of its writing, one after the other, and nothing overtakes it", () => {
  const session = joined();
  session.say("one");
  session.say("two");
  const [one, two] = Socket.last.asked("say");
  Socket.last.says(tooFast(one, 200));
  session.say("three");
  Socket.last.says(tooFast(two, 200));
  assert.deepEqual(shown(session), [["one", "sending"], ["two", "sending"], ["three", "sending"]]);
  const since = () => Socket.last.asked("say").slice(2).map(({ text }) => text);
  mock.timers.tick(200);
  assert.deepEqual(since(), ["one"]);
  acknowledges(one, 11);
  assert.deepEqual(since(), ["one", "two"]);
  Socket.last.says(tooFast(two, 100));
  mock.timers.tick(100);
  assert.deepEqual(since(), ["one", "two", "two"]);
  acknowledges(two, 12);
  assert.deepEqual(since(), ["one", "two", "two", "three"]);
  acknowledges(Socket.last.asked("say").at(-1), 13);
  session.say("four");
  assert.deepEqual(since().at(-1), "four");
});

test("what waits and is refused for something else fails, and the next goes on", () => {
  const session = joined();
  session.say("one");
  session.say("two");
  const [one, two] = Socket.last.asked("say");
  Socket.last.says(tooFast(one, 200), tooFast(two, 200));
  mock.timers.tick(200);
  Socket.last.says({ type: "refused", reason: "unavailable", message: "…", ref: one.ref });
  assert.deepEqual(shown(session), [["one", "failed"], ["two", "sending"]]);
  assert.deepEqual(Socket.last.asked("say").at(-1), two);
});

test("what waits when the connection is lost is said once it is back", () => {
  const session = joined();
  session.say("hello");
  const [first] = Socket.last.asked("say");
  Socket.last.says(tooFast(first, 60_000));
  comesBack();
  assert.deepEqual(Socket.last.asked("say"), [first]);
  acknowledges(first, 11);
  mock.timers.tick(60_000);
  assert.deepEqual(Socket.last.asked("say"), [first]);
});

test("what was sent before and waits since too long is not said again without asking", () => {
  const session = joined();
  session.say("hello");
  comesBack();
  Socket.last.says(tooFast(Socket.last.asked("say")[0], 10 * 60_000));
  // Something is heard all the time: silence would be a loss.
  for (let minute = 0; minute < 10; minute++) {
    mock.timers.tick(60_000);
    Socket.last.says({ type: "ping" });
  }
  assert.deepEqual(shown(session), [["hello", "failed"]]);
  assert.equal(session.conversation.items[0].reason, "unsure");
});

test("what waits does not hold back what is said in another room", () => {
  const session = joined();
  session.move("den");
  session.say("hello");
  Socket.last.says(tooFast(Socket.last.asked("say")[0], 200), welcome({ room: "den", recent: [] }));
  mock.timers.tick(200);
  session.say("here");
  assert.equal(Socket.last.asked("say").at(-1).text, "here");
});

test("what is too fast without a time fails, and so does a whisper", () => {
  const session = joined();
  session.say("hello");
  Socket.last.says(tooFast(Socket.last.asked("say")[0]));
  session.whisper("Bia", "psst");
  Socket.last.says(tooFast(Socket.last.asked("whisper")[0], 200));
  assert.deepEqual(shown(session), [["psst", "failed"], ["hello", "failed"]]);
});

test("what went out long ago is not said again without asking", () => {
  const session = joined();
  session.say("hello");
  for (let minute = 0; minute < 10; minute++) {
    Socket.last.breaks();
    mock.timers.tick(60_000);
  }
  Socket.last.opens();
  Socket.last.says(welcome());
  assert.deepEqual(shown(session), [["hello", "failed"]]);
  assert.deepEqual(Socket.last.asked("say"), []);
  const { ref } = session.conversation.items[0];
  session.retry(ref);
  assert.deepEqual(Socket.last.asked("say"), [{ type: "say", text: "hello", ref, key: ref }]);
});

test("a reload takes the name back, and what was not acknowledged", () => {
  joined().say("hello");
  const [said] = Socket.last.asked("say");
  const session = open(stored);
  assert.equal(session.inside, true);
  Socket.last.opens();
  assert.equal(Socket.last.sent[0].token, "secret");
  assert.equal(Socket.last.sent[0].since, undefined);
  Socket.last.says(welcome({ recent: [] }));
  assert.deepEqual(Socket.last.asked("say"), [said]);
});

test("a reload on another room asks for the name again, and remembers it", () => {
  joined();
  const session = open(stored, "lab");
  assert.equal(session.phase, "asking");
  assert.equal(session.rememberedName, "Alex");
});

test("silence after something that must be answered counts as a loss", () => {
  const session = joined();
  session.say("hello");
  mock.timers.tick(15_000);
  assert.equal(Socket.last.closed, true);
  assert.equal(session.connection.state, "waiting");
});

test("tries become rarer", () => {
  const before = Socket.all.length;
  open().join("Alex", "main");
  let tries = before;
  for (let ms = 0; ms < 120_000; ms += 250) {
    if (Socket.all.length > tries) {
      tries = Socket.all.length;
      Socket.last.breaks();
    }
    mock.timers.tick(250);
  }
  tries -= before;
  assert.ok(tries >= 8 && tries <= 16, `${tries} tries in two minutes`);
});

test("the first try after a cut is spread over three seconds, and the later ones come as they did", () => {
  const random = mock.method(Math, "random", () => 0);
  const awaited = (session) => session.connection.retryAt - Date.now();
  const session = joined();
  Socket.last.breaks();
  assert.equal(awaited(session), 1_000);
  mock.timers.tick(1_000);
  Socket.last.breaks();
  assert.equal(awaited(session), 500);
  mock.timers.tick(500);
  Socket.last.opens();
  Socket.last.says(welcome());
  mock.timers.tick(5_000);
  random.mock.mockImplementation(() => 1);
  Socket.last.breaks(1001, "the server stops");
  assert.equal(awaited(session), 4_000);
  random.mock.restore();
});

test("another room that is refused leaves one where one is", () => {
  const session = joined();
  session.move("lab");
  const [, move] = Socket.last.asked("join");
  Socket.last.says({ type: "refused", reason: "name-taken", message: "taken", ref: move.ref });
  assert.equal(session.phase, "joined");
  assert.equal(session.conversation.room, "main");
  assert.equal(session.conversation.items[0].what, "refused");
});

test("another room that takes us in is a new conversation", () => {
  const session = joined();
  Socket.last.says(said(11, "Bia", "here"));
  session.move("lab");
  Socket.last.says(welcome({ room: "lab", token: "lab-token", recent: [] }));
  assert.equal(session.conversation.room, "lab");
  assert.deepEqual(session.conversation.items, []);
  assert.equal(stored.token, "lab-token");
});

test("who goes from room to room in haste is in the last of them", () => {
  const session = joined();
  session.move("lab");
  session.move("tea");
  assert.equal(session.moving, "tea");
  Socket.last.says(welcome({ room: "lab", token: "lab-token", recent: [] }));
  assert.equal(session.moving, "tea");
  Socket.last.says(welcome({ room: "tea", token: "tea-token", recent: [] }));
  assert.equal(session.moving, null);
  assert.equal(session.room, "tea");
});

test("what can't be asked for says so, and what can has a ref for its refusal", () => {
  const session = joined();
  const ref = session.rename("Eva");
  assert.equal(Socket.last.asked("rename")[0].ref, ref);
  assert.equal(session.who(), true);
  Socket.last.breaks();
  assert.deepEqual([session.rename("Eva"), session.move("lab"), session.who()], [null, null, false]);
});

test("something is on its way until it is acknowledged or given up", () => {
  const session = joined();
  assert.equal(session.isWaiting, false);
  session.say("hello");
  assert.equal(session.isWaiting, true);
  Socket.last.says({ type: "ack", ref: Socket.last.asked("say")[0].ref, id: "7-11", at: AT });
  assert.equal(session.isWaiting, false);
  session.whisper("Bia", "psst");
  assert.equal(session.isWaiting, true);
  Socket.last.says({ type: "refused", reason: "not-here", message: "…", ref: Socket.last.asked("whisper")[0].ref });
  assert.equal(session.isWaiting, false);
});

test("after a summary of comings and goings it asks who is here, once", () => {
  joined();
  const presence = { type: "presence", room: "main", in: 37, out: 4, count: 60 };
  Socket.last.says(presence, presence);
  assert.equal(Socket.last.asked("who").length, 0);
  mock.timers.tick(3_000);
  assert.equal(Socket.last.asked("who").length, 1);
});

test("leaving forgets all but the name", () => {
  const session = joined();
  session.leave();
  assert.equal(Socket.last.asked("leave").length, 1);
  assert.equal(session.inside, false);
  assert.deepEqual(stored, { name: "Alex" });
  Socket.last.says({ type: "left", room: "main", name: "Alex", via: "ws" });
  assert.equal(session.phase, "asking");
});

test("a whisper goes out now or not at all", () => {
  const session = joined();
  Socket.last.breaks();
  session.whisper("Bia", "psst");
  assert.deepEqual(shown(session), [["psst", "failed"]]);
  mock.timers.tick(AFTER_A_CUT_MS);
  Socket.last.opens();
  Socket.last.says(welcome());
  assert.deepEqual(Socket.last.asked("whisper"), []);
});

test("a whisper is sent once the server has gone on to the next thing", () => {
  const session = joined();
  session.who();
  session.whisper("Bia", "psst");
  session.whisper("Zoe", "are you there?");
  const who = { type: "who", room: "main", count: 1, present: [{ name: "Alex", via: "ws" }] };
  Socket.last.says(who);
  assert.deepEqual(shown(session).slice(0, 2), [["psst", "sending"], ["are you there?", "sending"]]);
  Socket.last.says(who, { type: "refused", reason: "not-here", message: "…", ref: Socket.last.asked("whisper")[1].ref }, who);
  assert.deepEqual(shown(session).slice(0, 2), [["psst", "sent"], ["are you there?", "failed"]]);
  assert.deepEqual(session.conversation.items.filter(({ what }) => what === "who").length, 1);
});

test("a tab whose place another one has taken stands still until it is called back", () => {
  const session = joined();
  Socket.last.breaks(4001);
  assert.equal(session.phase, "elsewhere");
  mock.timers.tick(60_000);
  assert.equal(Socket.all.length, 1);
  session.comeBack();
  Socket.last.opens();
  assert.equal(Socket.last.sent[0].token, "secret");
});

test("lines that are no JSON do no harm", () => {
  const warn = mock.method(console, "warn", () => {});
  const session = joined();
  Socket.last.onmessage({ data: "nonsense\n" + JSON.stringify(said(11, "Bia", "sense")) });
  assert.deepEqual(shown(session).map(([text]) => text), ["sense"]);
  assert.equal(warn.mock.callCount(), 1);
});

test("nobody connects without a name", () => {
  const sockets = Socket.all.length;
  const session = open();
  assert.equal(Socket.all.length, sockets);
  assert.equal(session.connection.state, "closed");
  session.join("Alex", "main");
  assert.equal(Socket.all.length, sockets + 1);
});

test("who asked too much comes back after ten seconds and not before", () => {
  const session = joined();
  const socket = Socket.last;
  socket.breaks(1008, "too-fast");
  assert.equal(session.connection.state, "waiting");
  mock.timers.tick(10_000);
  assert.equal(Socket.last, socket);
  mock.timers.tick(1_000);
  assert.notEqual(Socket.last, socket);
});

test("who reads too slowly comes back soon", () => {
  joined();
  const socket = Socket.last;
  socket.breaks(1008, "too-slow");
  mock.timers.tick(1_000);
  assert.notEqual(Socket.last, socket);
});

test("who had no name does not come back without one", () => {
  const session = joined();
  const socket = Socket.last;
  socket.breaks(1008, "name-invalid");
  mock.timers.tick(120_000);
  assert.equal(Socket.last, socket);
  assert.equal(session.connection.state, "closed");
});

const last = (session) => session.conversation.items.at(-1);
const refusedFor = (ref, reason) => ({ type: "refused", ref, reason, message: "…" });

test("an operator is one again on a new connection, before they join", () => {
  const session = joined();
  const ref = session.op("token");
  assert.deepEqual(Socket.last.asked("op"), [{ type: "op", token: "token", ref }]);
  assert.equal(session.operator, false);
  Socket.last.says({ type: "operator", ref });
  assert.equal(session.operator, true);
  assert.equal(last(session).what, "operator");
  comesBack();
  assert.deepEqual(Socket.last.sent.map(({ type }) => type), ["op", "join"]);
  Socket.last.says({ type: "operator", ref: "op" });
  assert.equal(session.conversation.items.length, 1);
  assert.ok(!JSON.stringify(stored).includes('"token":"token"'));
});

test("a token that is not one any more is not shown again, and does not keep us out", () => {
  const session = joined();
  Socket.last.says({ type: "operator", ref: session.op("token") });
  Socket.last.breaks();
  mock.timers.tick(AFTER_A_CUT_MS);
  Socket.last.opens();
  Socket.last.says(refusedFor("op", "not-operator"), welcome());
  assert.equal(session.phase, "joined");
  assert.equal(session.operator, false);
  comesBack();
  assert.deepEqual(Socket.last.asked("op"), []);
});

test("a wrong token makes nobody an operator, and is forgotten", () => {
  const session = joined();
  Socket.last.says(refusedFor(session.op("guess"), "not-operator"));
  assert.equal(session.operator, false);
  assert.equal(last(session).reason, "not-operator");
  comesBack();
  assert.deepEqual(Socket.last.asked("op"), []);
});

test("who leaves as an operator is none any more, and the next one in this tab has another connection", () => {
  const session = joined();
  Socket.last.says({ type: "operator", ref: session.op("token") });
  const before = Socket.last;
  session.leave();
  assert.equal(before.closed, true);
  session.join("Eva", "main");
  assert.notEqual(Socket.last, before);
  Socket.last.opens();
  assert.deepEqual(Socket.last.sent.map(({ type }) => type), ["join"]);
  assert.equal(session.operator, false);
});

test("a closed room asks for its key, says if it is wrong, and is shown the right one each time", () => {
  const session = open();
  session.join("Alex", "den");
  Socket.last.opens();
  Socket.last.says(refusedFor("join", "room-closed"), { type: "ask" });
  assert.deepEqual([session.refusal.reason, session.refusal.room], ["room-closed", "den"]);
  session.join("Alex", "den", { key: "guess" });
  assert.equal(Socket.last.sent.at(-1).roomKey, "guess");
  Socket.last.says(refusedFor("join", "room-closed"), { type: "ask" });
  assert.equal(session.refusal.reason, "wrong-key");
  session.join("Alex", "den", { key: "right" });
  assert.equal(session.inside, false);
  Socket.last.says(welcome({ room: "den", recent: [] }));
  assert.equal(session.inside, true);
  comesBack({ room: "den" });
  assert.equal(Socket.last.sent[0].roomKey, "right");
  assert.ok(!JSON.stringify(stored).includes("right"));
});

test("a key that a move needs is kept if it fits, and only then", () => {
  const session = joined();
  const move = (key) => session.move("den", key) && Socket.last.asked("join").at(-1);
  Socket.last.says(refusedFor(move("guess").ref, "room-closed"));
  assert.equal(last(session).reason, "wrong-key");
  Socket.last.says(refusedFor(move().ref, "room-closed"));
  assert.equal(last(session).reason, "room-closed");
  assert.equal(move("right").roomKey, "right");
  Socket.last.says(welcome({ room: "den", recent: [] }));
  session.move("main");
  Socket.last.says(welcome({ recent: [] }));
  assert.equal(move().roomKey, "right");
});

test("whoever closes a room comes back into it by its key", () => {
  joined();
  Socket.last.says({ type: "closed", room: "main", roomKey: "made" });
  comesBack();
  assert.equal(Socket.last.sent[0].roomKey, "made");
});

for (const [how, ends] of [["told", () => {}], ["told by the close alone", () => Socket.last.breaks(4003, "expelled")]]) {
  test(`who is put out, ${how}, comes back when they want to and not before, nor by a reload`, () => {
    const first = joined();
    if (how === "told") Socket.last.says({ type: "acted", act: "kick", room: "main", by: "Olga", name: "Alex", at: AT });
    ends();
    assert.equal(first.phase, "expelled");
    assert.equal(first.expulsion.by, how === "told" ? "Olga" : undefined);
    const sockets = Socket.all.length;
    mock.timers.tick(60_000);
    const session = open(stored);
    assert.equal(session.phase, "expelled");
    assert.equal(session.inside, true);
    assert.equal(Socket.all.length, sockets);
    session.comeBack();
    Socket.last.opens();
    Socket.last.says(welcome({ recent: [] }));
    assert.equal(session.phase, "joined");
    assert.equal(stored.expulsion, undefined);
  });
}

test("who is banned is told until when, also when they try too soon", () => {
  const session = joined();
  const until = "2026-03-01T13:00:00Z";
  Socket.last.says({ type: "acted", act: "ban", room: "main", by: "Olga", name: "Bia", until, at: AT });
  assert.equal(session.phase, "joined");
  Socket.last.says({ type: "acted", act: "ban", room: "main", by: "Olga", name: "Alex", until, at: AT });
  assert.equal(session.phase, "expelled");
  session.comeBack();
  Socket.last.opens();
  Socket.last.says(refusedFor("join", "banned"), { type: "ask" });
  assert.deepEqual([session.refusal.reason, session.refusal.until], ["banned", until]);
});

test("the secret of a claimed name is kept, and shown by itself", () => {
  const session = joined();
  session.claim();
  assert.equal(Socket.last.asked("claim").length, 1);
  Socket.last.says({ type: "claimed", name: "Alex", secret: "prosa_claim_x" });
  assert.equal(session.conversation.people[0].claimed, true);
  assert.ok(!JSON.stringify(session.conversation).includes("prosa_claim_x"));
  session.rename("ALEX");
  assert.equal(Socket.last.asked("rename").at(-1).claim, "prosa_claim_x");
  session.leave();
  session.join(" alex", "main");
  assert.equal(Socket.last.asked("join").at(-1).claim, "prosa_claim_x");
  session.join("Bia", "main");
  assert.equal(Socket.last.asked("join").at(-1).claim, undefined);
});

test("a name that is given up is forgotten", () => {
  const session = joined();
  Socket.last.says({ type: "claimed", name: "Alex", secret: "prosa_claim_x" });
  session.release();
  Socket.last.says({ type: "released", name: "Alex" });
  assert.ok(!session.conversation.people[0].claimed);
  session.rename("ALEX");
  assert.equal(Socket.last.asked("rename").at(-1).claim, undefined);
});

test("a secret that was typed is kept if it was right, and asked for again if it was not", () => {
  const session = open();
  session.join("Alex", "main", { secret: "prosa_claim_wrong" });
  Socket.last.opens();
  assert.equal(Socket.last.asked("join").at(-1).claim, "prosa_claim_wrong");
  Socket.last.says({ type: "refused", reason: "name-claimed", ref: "join" });
  assert.equal(session.refusal.reason, "name-claimed");
  assert.equal(session.phase, "asking");
  session.join("Alex", "main", { secret: "prosa_claim_right" });
  Socket.last.says(welcome({ recent: [], present: [{ name: "Alex", via: "ws", claimed: true }] }));
  assert.deepEqual(secrets, [["alex", "prosa_claim_right"]]);
});

test("what was kept and is wrong by now is not shown again", () => {
  const session = open();
  secrets = [["alex", "prosa_claim_old"]];
  session.join("Alex", "main");
  Socket.last.opens();
  Socket.last.says({ type: "refused", reason: "name-claimed", ref: "join" });
  session.join("Alex", "main");
  assert.equal(Socket.last.asked("join").at(-1).claim, undefined);
});

test("a secret that is shown in a room is kept when one is called so", () => {
  const session = joined();
  session.prove("Ana", "prosa_claim_x");
  assert.equal(Socket.last.asked("rename").at(-1).claim, "prosa_claim_x");
  Socket.last.says({ type: "renamed", room: "main", from: "Alex", name: "Ana", claimed: true });
  assert.deepEqual(secrets, [["ana", "prosa_claim_x"]]);
});
