import assert from "node:assert/strict";
import { test } from "node:test";
import {
  discarding, failing, heard, noting, retrying, saying, silence, unacknowledged, whispering,
} from "../../main/resources/web/js/conversation.js";
import { LIMIT } from "../../main/resources/web/js/timeline.js";

const AT = "2026-03-01T12:00:00Z";

const said = (offset, by, text, more = {}) =>
  ({ type: "said", id: `7-${offset}`, room: "main", by, via: "ws", at: AT, text, ...more });
const welcome = (more = {}) =>
  ({ type: "welcome", room: "main", name: "Alex", token: "t", position: "7-10", count: 1, present: [{ name: "Alex", via: "ws" }], ...more });
const room = (...events) => events.reduce(heard, heard(silence(), welcome({ recent: [] })));
const texts = ({ items }) => items.map((item) => item.text ?? item.what);
const states = ({ items }) => items.map((item) => item.state);

test("the welcome shows the recent conversation, the room and who is here", () => {
  const conversation = heard(silence(), welcome({
    count: 2,
    present: [{ name: "Bia", via: "tcp" }, { name: "Alex", via: "ws" }],
    recent: [said(9, "Bia", "nine"), said(10, "Alex", "ten")],
  }));
  assert.deepEqual(texts(conversation), ["nine", "ten"]);
  assert.deepEqual(states(conversation), [undefined, "sent"]);
  assert.equal(conversation.room, "main");
  assert.equal(conversation.position, "7-10");
  assert.deepEqual(conversation.people.map(({ name }) => name), ["Alex", "Bia"]);
});

test("messages stand in the order of their positions, whatever the order of their arrival", () => {
  let conversation = room(said(11, "Bia", "eleven"));
  conversation = saying(conversation, { key: "k", text: "mine", at: AT });
  conversation = heard(conversation, said(13, "Bia", "thirteen"));
  assert.deepEqual(texts(conversation), ["eleven", "thirteen", "mine"]);
  conversation = heard(conversation, { type: "ack", ref: "k", id: "7-12", at: AT });
  assert.deepEqual(texts(conversation), ["eleven", "mine", "thirteen"]);
});

test("a message that comes twice is shown once", () => {
  assert.deepEqual(texts(room(said(11, "Bia", "once"), said(11, "Bia", "once"))), ["once"]);
});

test("an own message is sending until it is acknowledged", () => {
  const sending = saying(room(), { key: "k", text: "hello", at: AT });
  assert.deepEqual(states(sending), ["sending"]);
  assert.equal(unacknowledged(sending).length, 1);
  const sent = heard(sending, { type: "ack", ref: "k", id: "7-11", at: AT });
  assert.deepEqual(states(sent), ["sent"]);
  assert.equal(sent.items[0].id, "7-11");
  assert.equal(unacknowledged(sent).length, 0);
});

test("an acknowledgement does not move the place to resume at", () => {
  // What others said before it may still be on its way.
  const conversation = heard(saying(room(), { key: "k", text: "x", at: AT }), { type: "ack", ref: "k", id: "7-12", at: AT });
  assert.equal(conversation.position, "7-10");
  assert.equal(heard(conversation, said(11, "Bia", "y")).position, "7-11");
});

test("an own message that comes back in a replay is recognised", () => {
  let conversation = saying(room(), { key: "k", text: "hello", at: AT });
  conversation = heard(conversation, welcome({ position: "7-11" }));
  conversation = heard(conversation, said(11, "Alex", "hello"));
  assert.deepEqual(texts(conversation), ["hello"]);
  assert.deepEqual(states(conversation), ["sent"]);
  conversation = heard(conversation, { type: "ack", ref: "k", id: "7-11", at: AT });
  assert.deepEqual(texts(conversation), ["hello"]);
});

test("an own message that the server cleaned is recognised by its acknowledgement", () => {
  let conversation = saying(room(), { key: "k", text: "a\u202Eb", at: AT });
  conversation = heard(conversation, said(11, "Alex", "a\uFFFDb"));
  assert.equal(conversation.items.length, 2);
  conversation = heard(conversation, { type: "ack", ref: "k", id: "7-11", at: AT });
  assert.equal(conversation.items.length, 1);
});

test("coming back keeps what was shown, and what is still to be repeated is not yet seen", () => {
  let conversation = room(said(11, "Bia", "before"));
  conversation = heard(conversation, welcome({ position: "7-20", count: 3 }));
  assert.equal(conversation.position, "7-11");
  assert.equal(conversation.count, 3);
  conversation = heard(conversation, said(12, "Bia", "missed"));
  assert.deepEqual(texts(conversation), ["before", "missed"]);
});

test("another room starts empty", () => {
  const conversation = heard(room(said(11, "Bia", "here")), welcome({ room: "lab", position: "7-11", recent: [] }));
  assert.deepEqual(conversation.items, []);
  assert.equal(conversation.room, "lab");
});

test("a gap is shown where it is, and a new log's messages come after the old one's", () => {
  let conversation = room(said(50, "Bia", "old"));
  conversation = heard(conversation, welcome({ position: "8-3" }));
  conversation = heard(conversation, { type: "gap", room: "main", after: "7-50", next: null });
  assert.equal(conversation.position, "8-3");
  conversation = heard(conversation, said(4, "Bia", "new", { id: "8-4" }));
  assert.deepEqual(texts(conversation), ["old", "gap", "new"]);
});

test("a gap with a next message waits for that message", () => {
  const conversation = room(said(11, "Bia", "seen"), { type: "gap", room: "main", after: "7-11", next: "7-40" });
  assert.equal(conversation.position, "7-11");
  assert.equal(heard(conversation, said(40, "Bia", "after")).position, "7-40");
});

test("joins, leaves and new names change who is here", () => {
  let conversation = room({ type: "joined", room: "main", name: "Bia", via: "tcp" });
  assert.deepEqual(conversation.people, [{ name: "Alex", via: "ws" }, { name: "Bia", via: "tcp" }]);
  assert.equal(conversation.count, 2);
  conversation = heard(conversation, { type: "renamed", room: "main", from: "Bia", name: "Beatriz" });
  assert.deepEqual(conversation.people.map(({ name }) => name), ["Alex", "Beatriz"]);
  conversation = heard(conversation, { type: "left", room: "main", name: "Beatriz", via: "tcp" });
  assert.equal(conversation.count, 1);
  assert.deepEqual(texts(conversation), ["joined", "renamed", "left"]);
});

test("an own new name is told once, though it may be heard twice", () => {
  const renamed = { type: "renamed", room: "main", from: "Alex", name: "Lex" };
  const conversation = room(renamed, renamed);
  assert.equal(conversation.me, "Lex");
  assert.deepEqual(texts(conversation), ["renamed"]);
});

test("a summary of comings and goings counts those whom it does not name", () => {
  const conversation = room({ type: "presence", room: "main", in: 37, out: 4, count: 1204 });
  assert.equal(conversation.count, 1204);
  assert.deepEqual(texts(conversation), ["presence"]);
  assert.deepEqual(texts(room({ type: "presence", room: "main", in: 3, out: 0, count: 60 })), ["presenceIn"]);
});

test("those who come one after the other are one notice, until something else happens", () => {
  const joined = (name) => ({ type: "joined", room: "main", name, via: "tcp" });
  const conversation = room(joined("Bia"), joined("Caio"), said(11, "Bia", "hi"), joined("Davi"));
  assert.deepEqual(texts(conversation), ["joined", "hi", "joined"]);
  assert.deepEqual(conversation.items[0].people.map(({ name }) => name), ["Bia", "Caio"]);
  assert.equal(conversation.count, 4);
});

test("a whisper is shown where it came, and an own one is sent once it comes back", () => {
  let conversation = whispering(room(said(11, "Bia", "aloud")), { key: "k", to: "Bia", text: "psst", at: AT });
  assert.deepEqual(unacknowledged(conversation, "whisper").map(({ ref }) => ref), ["k"]);
  conversation = heard(conversation, { type: "whisper", by: "Alex", to: "Bia", text: "psst", at: AT });
  conversation = heard(conversation, { type: "whisper", by: "Bia", to: "Alex", text: "yes?", at: AT });
  assert.deepEqual(texts(conversation), ["aloud", "psst", "yes?"]);
  assert.deepEqual(states(conversation), [undefined, "sent", undefined]);
});

test("a refused message fails with its reason, and can be tried again or given up", () => {
  let conversation = saying(room(), { key: "k", text: "x", at: AT });
  conversation = heard(conversation, { type: "refused", ref: "k", reason: "unavailable", message: "…" });
  assert.equal(conversation.items[0].state, "failed");
  assert.equal(conversation.items[0].reason, "unavailable");
  assert.deepEqual(states(retrying(conversation, "k")), ["sending"]);
  assert.deepEqual(discarding(failing(conversation, "k", "unsure"), "k").items, []);
});

test("a refusal of anything else is a notice", () => {
  assert.deepEqual(texts(room({ type: "refused", reason: "name-taken", message: "…" })), ["refused"]);
});

test("what is not known is ignored", () => {
  const conversation = room();
  assert.equal(heard(conversation, { type: "sung", id: "7-1" }), conversation);
  assert.equal(heard(conversation, { type: "constructor" }), conversation);
});

test("a long room keeps only its end", () => {
  let conversation = room();
  for (let offset = 11; offset < 11 + LIMIT + 50; offset++) conversation = heard(conversation, said(offset, "Bia", `${offset}`));
  assert.equal(conversation.items.length, LIMIT);
  assert.equal(conversation.items.at(-1).text, String(10 + LIMIT + 50));
});

test("a notice stands after what was heard before it", () => {
  let conversation = saying(room(said(11, "Bia", "a")), { key: "k", text: "mine", at: AT });
  conversation = noting(conversation, "help");
  assert.deepEqual(texts(conversation), ["a", "help", "mine"]);
});

const removed = (offset, of) => ({ type: "removed", id: `7-${offset}`, of: `7-${of}`, room: "main", by: "Olga", at: AT });
const cleared = (offset, where = "main") => ({ type: "cleared", id: `7-${offset}`, room: where, by: "Olga", at: AT });

test("a message that is removed leaves nothing in its place, and who did it is told at the end", () => {
  const conversation = room(said(11, "Bia", "one"), said(12, "Bia", "two"), said(13, "Caio", "three"), removed(14, 12));
  assert.deepEqual(texts(conversation), ["one", "three", "removed"]);
  const notice = conversation.items.at(-1);
  assert.deepEqual([notice.by, notice.author, notice.room], ["Olga", "Bia", "main"]);
  assert.equal(conversation.position, "7-14", "who resumes is not told it again");
});

test("the removal of a message that is not shown shows nothing", () => {
  const conversation = room(said(11, "Bia", "one"), removed(14, 3));
  assert.deepEqual(texts(conversation), ["one"]);
  assert.equal(conversation.position, "7-14");
});

test("an own message that is removed before its acknowledgement comes is gone", () => {
  const sending = saying(room(), { key: "k", text: "hello", at: AT });
  const conversation = heard(heard(sending, removed(12, 11)), { type: "ack", ref: "k", id: "7-11", at: AT });
  assert.deepEqual(texts(conversation), []);
  assert.equal(unacknowledged(conversation).length, 0);
});

test("an own message that is sent again and was removed meanwhile is gone", () => {
  const sending = saying(room(), { key: "k", text: "hello", at: AT });
  const conversation = heard(sending, { type: "refused", ref: "k", reason: "removed" });
  assert.deepEqual(texts(conversation), ["refused"]);
});

test("a room that is cleared is empty, but for what is on its way from here", () => {
  let conversation = room(said(11, "Bia", "one"), { type: "joined", room: "main", name: "Caio", via: "tcp" }, said(12, "Alex", "two"));
  conversation = saying(conversation, { key: "k1", text: "lost", at: AT });
  conversation = saying(conversation, { key: "k2", text: "on its way", at: AT });
  conversation = heard(conversation, cleared(14));
  assert.deepEqual(texts(conversation).sort(), ["cleared", "lost", "on its way"]);
  assert.equal(conversation.position, "7-14");
  conversation = heard(conversation, { type: "ack", ref: "k1", id: "7-13", at: AT });
  conversation = heard(conversation, { type: "ack", ref: "k2", id: "7-15", at: AT });
  assert.deepEqual(texts(conversation), ["cleared", "on its way"]);
});

test("of several rooms only the one that is cleared is empty", () => {
  const both = [said(11, "Bia", "one"), said(12, "Bia", "elsewhere", { room: "den" }), cleared(13)].reduce(heard, silence());
  assert.deepEqual(texts(both), ["elsewhere", "cleared"]);
});

const acted = (act, more = {}) => ({ type: "acted", act, room: "main", by: "Olga", at: AT, ...more });
const UNTIL = "2026-03-01T13:00:00Z";

test("what an operator does is a notice, which has no place of its own in time", () => {
  const conversation = room(said(11, "Bia", "a"), acted("mute", { name: "Bia", until: UNTIL }));
  assert.deepEqual(texts(conversation), ["a", "acted"]);
  const { act, by, name, until, at } = conversation.items[1];
  assert.deepEqual([act, by, name, until, at], ["mute", "Olga", "Bia", UNTIL, undefined]);
});

test("who is muted knows it until they may speak again", () => {
  assert.equal(room(acted("mute", { name: "Bia" })).hush, null);
  const muted = room(acted("mute", { name: "ALEX", until: UNTIL }));
  assert.deepEqual(muted.hush, { reason: "muted", until: UNTIL });
  assert.equal(heard(muted, acted("unmute", { name: "Bia" })).hush.until, UNTIL);
  assert.equal(heard(muted, acted("unmute", { name: "Alex" })).hush, null);
  assert.equal(heard(room(acted("quiet")), acted("unquiet")).hush, null);
  assert.equal(heard(muted, welcome({ room: "lab", recent: [] })).hush, null);
});

test("who is refused for it knows it as well, until something is taken", () => {
  let conversation = saying(room(), { key: "k", text: "x", at: AT });
  conversation = heard(conversation, { type: "refused", ref: "k", reason: "muted" });
  assert.equal(conversation.hush.reason, "muted");
  conversation = whispering(conversation, { key: "w", to: "Bia", text: "psst", at: AT });
  conversation = heard(conversation, { type: "ack", ref: "w" });
  assert.equal(conversation.hush.reason, "muted");
  conversation = heard(retrying(conversation, "k"), { type: "ack", ref: "k", id: "7-11", at: AT });
  assert.equal(conversation.hush, null);
});

test("who has claimed their name is marked, until they give it up", () => {
  const mark = (conversation) => conversation.people.filter(({ claimed }) => claimed).map(({ name }) => name);
  let conversation = room({ type: "joined", room: "main", name: "Bia", via: "tcp", claimed: true });
  assert.deepEqual(mark(conversation), ["Bia"]);
  conversation = heard(conversation, { type: "renamed", room: "main", from: "Bia", name: "Bia" });
  assert.deepEqual(mark(conversation), []);
  conversation = heard(conversation, { type: "claimed", name: conversation.me, secret: "prosa_claim_x" });
  assert.deepEqual(mark(conversation), [conversation.me]);
  assert.ok(!JSON.stringify(conversation).includes("prosa_claim_x"));
  conversation = heard(conversation, { type: "released", name: conversation.me });
  assert.deepEqual(mark(conversation), []);
  assert.deepEqual(texts(conversation), ["joined", "released", "claimed", "released"]);
});
