import { AT_THE_END, findLast, placed, replaced, without } from "./timeline.js";

/**
 * What one sees of a room, and how it changes with what the server says. Pure: no DOM, no clock, no network; every function
 * takes a conversation and returns the next one.
 *
 * Items are of three kinds: `message`, `whisper` and `notice` (which has a `what`). Own messages and whispers have a `state`:
 * `sending`, `sent` or `failed` (with a `reason`).
 */

/** Whom the server names at most; in a larger room the list of people is never complete. */
const PRESENT_LIMIT = 100;

/** What the server says to whoever may not speak. */
const HUSHING = ["muted", "banned"];

/** A conversation in which nothing has been heard yet. */
export function silence(room = "") {
  return {
    room,
    me: "",
    position: null, // everything up to here has been seen: the place to resume at
    head: null, // where the room stood when we came in
    count: 0,
    people: [],
    items: [],
    era: 0,
    offset: 0,
    number: 0,
    gone: [], // messages that were taken away before we knew of them
    cleared: 0, // all up to here was taken away
    hush: null, // why what one says is refused, as far as we know: { reason, until }
  };
}

/** How many of those are remembered: an acknowledgement is hardly ever later than the next few lines. */
const GONE_LIMIT = 100;

const reducers = {
  welcome, said, removed, cleared, joined, left, renamed, claimed, released, whisper, presence, who, ack, refused, gap, acted,
};

/** What the server's event changes. An event of a kind that we don't know changes nothing. */
export function heard(conversation, event) {
  return Object.hasOwn(reducers, event.type) ? reducers[event.type](conversation, event) : conversation;
}

/** An own message, on its way. */
export function saying(conversation, { key, text, at }) {
  const own = { kind: "message", ref: key, by: conversation.me, via: "ws", at, text, own: true, state: "sending" };
  return added(conversation, { ...own, offset: AT_THE_END });
}

/** An own whisper, on its way. */
export function whispering(conversation, { key, to, text, at }) {
  return added(conversation, { kind: "whisper", ref: key, by: conversation.me, to, text, at, own: true, state: "sending" });
}

/** A remark of the page itself. */
export function noting(conversation, what, details = {}) {
  return added(conversation, { kind: "notice", what, ...details });
}

/** An own message that did not get through, and why. */
export function failing(conversation, ref, reason) {
  return changed(conversation, ref, { state: "failed", reason });
}

/** An own message, to be tried once more under the name that one has now. */
export function retrying(conversation, ref) {
  return changed(conversation, ref, { by: conversation.me, state: "sending", reason: undefined, waits: undefined });
}

/** An own message that is not sent before the server takes more. */
export function holding(conversation, ref) {
  return changed(conversation, ref, { waits: true });
}

/** Whether a refusal is of an own message that the server takes later. */
export function isForNow(conversation, { reason, ref, retryAfterMs }) {
  return reason === "too-fast" && retryAfterMs !== undefined && own(conversation, ref)?.kind === "message";
}

/** Without a failed message that its writer gave up. */
export function discarding(conversation, ref) {
  return { ...conversation, items: conversation.items.filter((item) => item.ref !== ref) };
}

/** Own messages that are not acknowledged yet, in the order of their writing. */
export function unacknowledged(conversation, kind = "message") {
  return conversation.items.filter((item) => item.kind === kind && item.state === "sending");
}

function welcome(conversation, event) {
  const same = conversation.room === event.room && conversation.position !== null;
  let next = same ? conversation : silence(event.room);
  if (next.head && epochOf(next.head) !== epochOf(event.position)) {
    next = { ...next, era: next.era + 1, offset: 0, gone: [], cleared: 0 };
  }
  next = { ...next, me: event.name, head: event.position, count: event.count, people: sorted(event.present, event.name) };
  // Asked to resume, the server first repeats what we missed: only what we have heard of that has been seen.
  if (!same || event.recent) {
    next = { ...next, position: event.position };
  }
  return (event.recent ?? []).reduce(shown, next);
}

function said(conversation, event) {
  return { ...shown(conversation, event), position: event.id };
}

/** A message is gone, and who took it away is told at the end. Of one that we don't have there is nothing to tell. */
function removed(conversation, { id, of, room, by }) {
  const next = { ...conversation, position: id, offset: Math.max(conversation.offset, offsetOf(id)) };
  const item = findLast(conversation.items, (other) => other.id === of);
  if (!item) return { ...next, gone: [...next.gone, of].slice(-GONE_LIMIT) };
  return noting({ ...next, items: without(next.items, item) }, "removed", { room, by, author: item.by });
}

/** All that was said in a room is gone, and all that was remarked there with it; but for what is still on its way from here. */
function cleared(conversation, { id, room, by }) {
  const stays = (item) => (item.room ?? conversation.room) !== room || item.state === "sending" || item.state === "failed";
  const items = conversation.items.filter(stays);
  const next = { ...conversation, items, position: id, offset: Math.max(conversation.offset, offsetOf(id)), cleared: offsetOf(id) };
  return noting(next, "cleared", { room, by });
}

/** Whether it was taken away before its acknowledgement came. */
function isGone({ gone, cleared: upTo }, id) {
  return gone.includes(id) || offsetOf(id) <= upTo;
}

/** A kept message in its place: once, even if it comes twice, or comes back to its sender. */
function shown(conversation, event) {
  const { id, room, by, via, at, text } = event;
  if (findLast(conversation.items, (item) => item.id === id)) return conversation;
  const offset = offsetOf(id);
  const next = { ...conversation, offset: Math.max(conversation.offset, offset) };
  const own = by === conversation.me;
  const mine = own && findFirstSending(conversation, text);
  if (mine) {
    return { ...next, items: replaced(next.items, mine, { ...mine, id, via, at, offset, state: "sent" }) };
  }
  return added(next, { kind: "message", id, room, by, via, at, text, own, offset, ...(own && { state: "sent" }) });
}

/** After a lost acknowledgement our own message comes back in the replay. */
function findFirstSending(conversation, text) {
  return conversation.items.find((item) => item.kind === "message" && item.state === "sending" && item.text === text);
}

function ack(conversation, { ref, id, at }) {
  const item = own(conversation, ref);
  if (!item) return conversation;
  // Whoever is heard may speak. That nothing answers a whisper says nothing of it.
  if (id) conversation = { ...conversation, hush: null };
  if (item.kind !== "message" || !id) return changed(conversation, ref, { state: "sent", at: at ?? item.at });
  if (isGone(conversation, id)) return discarding(conversation, ref);
  const twin = findLast(conversation.items, (other) => other.id === id && other !== item);
  const items = twin ? without(conversation.items, twin) : conversation.items;
  const kept = { ...item, id, at, offset: offsetOf(id), state: "sent", reason: undefined };
  return { ...conversation, offset: Math.max(conversation.offset, kept.offset), items: replaced(items, item, kept) };
}

function refused(conversation, event) {
  const { ref, reason, message } = event;
  if (isForNow(conversation, event)) return holding(conversation, ref);
  // Sent again after a lost acknowledgement: it was kept then, and is gone.
  if (reason === "removed" && own(conversation, ref)) return noting(discarding(conversation, ref), "refused", { reason, message });
  if (own(conversation, ref) && HUSHING.includes(reason)) {
    conversation = { ...conversation, hush: conversation.hush ?? { reason } };
  }
  if (own(conversation, ref)) return changed(conversation, ref, { state: "failed", reason, message });
  return noting(conversation, "refused", { reason, message });
}

function joined(conversation, { room, name, via, claimed }) {
  if (name === conversation.me) return conversation;
  const known = conversation.people.some((person) => person.name === name);
  const people = sorted([...others(conversation, name), marked({ name, via }, claimed)], conversation.me).slice(0, PRESENT_LIMIT);
  const next = { ...conversation, people, count: conversation.count + (known ? 0 : 1) };
  return passing(next, "joined", { room, name, via });
}

function left(conversation, { room, name, via }) {
  if (name === conversation.me) return conversation;
  const next = { ...conversation, people: others(conversation, name), count: Math.max(0, conversation.count - 1) };
  return passing(next, "left", { room, name, via });
}

/** Comings, or goings, that follow each other are one notice: they must not push the conversation out of sight. */
function passing(conversation, what, { room, name, via }) {
  const last = findLast(conversation.items, (item) => item.offset !== AT_THE_END);
  if (last?.what !== what || last.room !== room) return noting(conversation, what, { room, people: [{ name, via }] });
  const grown = { ...last, people: [...last.people, { name, via }] };
  return { ...conversation, items: replaced(conversation.items, last, grown) };
}

function renamed(conversation, { room, from, name, claimed }) {
  const mine = from === conversation.me;
  if (!mine && name === conversation.me) return conversation;
  const me = mine ? name : conversation.me;
  const people = conversation.people.map((person) => (person.name === from ? marked({ via: person.via, name }, claimed) : person));
  const next = { ...conversation, me, people: sorted(people, me) };
  // Who is called as before has claimed the name, or given it up.
  return from === name ? noting(next, claimed ? "claimed" : "released", { room, name }) : noting(next, "renamed", { room, from, name });
}

/** Our own name is ours from now on. The secret is not for the conversation. */
function claimed(conversation, { name }) {
  return renamed(conversation, { room: conversation.room, from: name, name, claimed: true });
}

function released(conversation, { name }) {
  return renamed(conversation, { room: conversation.room, from: name, name });
}

function whisper(conversation, { by, to, text, at }) {
  const own = by === conversation.me;
  const mine = own && conversation.items.find((item) => isSendingWhisper(item) && item.text === text);
  if (mine) return changed(conversation, mine.ref, { to, at, state: "sent" });
  return added(conversation, { kind: "whisper", by, to, text, at, own, ...(own && { state: "sent" }) });
}

function isSendingWhisper(item) {
  return item.kind === "whisper" && item.state === "sending";
}

function presence(conversation, event) {
  const { room, count } = event;
  const what = event.out === 0 ? "presenceIn" : event.in === 0 ? "presenceOut" : "presence";
  return noting({ ...conversation, count }, what, { room, in: event.in, out: event.out, count });
}

function who(conversation, { count, present }) {
  return { ...conversation, count, people: sorted(present, conversation.me) };
}

function gap(conversation, event) {
  // Nothing to wait for: the feed just goes on from where the room stood.
  const next = event.next || !conversation.head ? conversation : { ...conversation, position: conversation.head };
  return noting(next, "gap", { room: event.room });
}

/** An operator has done something here. */
function acted(conversation, { act, room, by, name, until }) {
  const next = { ...conversation, hush: hushed(conversation, { act, name, until }) };
  return noting(next, "acted", { act, room, by, name, until });
}

/** Whether one may speak after that. A name is told as the operator wrote it. */
function hushed({ hush, me }, { act, name, until }) {
  const isMe = name !== undefined && folded(name) === folded(me);
  if (act === "quiet" || (act === "mute" && isMe)) return { reason: "muted", until };
  return act === "unquiet" || (act === "unmute" && isMe) ? null : hush;
}

function folded(name) {
  return name.normalize("NFKC").toLowerCase();
}

function added(conversation, item) {
  const number = conversation.number + 1;
  const placedItem = { era: conversation.era, offset: conversation.offset, ...item, number };
  return { ...conversation, number, items: placed(conversation.items, placedItem) };
}

function own(conversation, ref) {
  return ref ? findLast(conversation.items, (item) => item.ref === ref) : undefined;
}

function changed(conversation, ref, change) {
  const item = own(conversation, ref);
  return item ? { ...conversation, items: replaced(conversation.items, item, { ...item, ...change }) } : conversation;
}

/** Somebody, who has shown that the name is theirs or has not. */
function marked(person, claimed) {
  return claimed ? { ...person, claimed } : person;
}

function others(conversation, name) {
  return conversation.people.filter((person) => person.name !== name);
}

/** Me first, then by name. */
function sorted(people, me) {
  const byName = (a, b) => (b.name === me) - (a.name === me) || a.name.localeCompare(b.name);
  return [...people].sort(byName);
}

function epochOf(position) {
  return position.slice(0, position.indexOf("-"));
}

function offsetOf(position) {
  return Number(position.slice(position.indexOf("-") + 1));
}
