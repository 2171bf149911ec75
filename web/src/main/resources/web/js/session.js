import { Connection } from "./connection.js";
import {
  discarding, failing, heard, holding, isForNow, noting, retrying, saying, silence, unacknowledged, whispering,
} from "./conversation.js";
import { Held } from "./held.js";
import { newKey } from "./key.js";
import { Outbox } from "./outbox.js";
import { Secrets } from "./secrets.js";

/** Where comings and goings are summed up, everybody asks now and then who is here: all together at most some 100 times a second. */
const ASK_WHO_MS = 3_000;
const ASK_WHO_MS_PER_PERSON = 10;

/**
 * One person's stay: who I am, what I see, and what I have said that is not yet acknowledged. It joins again after each
 * loss, under the same name and at the same place, and repeats what was not acknowledged, under the same key.
 */
export class Session {
  conversation = silence();
  /** "asking" (for a name), "joining", "joined", "elsewhere" (another tab goes on with it), or "expelled" (by an operator). */
  phase = "asking";
  /** How an operator has put us out, `{ act, by, until }` as far as we know, until we are in again; or null. */
  expulsion = null;
  /** Why the last try to join was refused: `{ reason, message, room, until }`, or null. */
  refusal = null;

  #connection;
  #memory;
  #changed;
  #identity = null; // { name, room, token }: token is missing before the first welcome
  #atDoor = false; // whether the entrance waits for an answer, or for another name or key
  #claims;
  #typed = null; // the secret that somebody has typed, and for which name: { name, secret }
  #move = null; // the join to another room that is under way: { room, ref, key }
  #outbox = new Outbox();
  #held = new Held(() => this.#sendHeld());
  #secrets = new Secrets();
  #asked = []; // what the answers to our `who` are for, in their order: { shown } or { whisper }
  #whoTimer;

  /**
   * @param {string} url of the chat
   * @param {{memory: Memory, claims: Claims, changed: (event?: object) => void}} surroundings
   *     `changed` is called after each change, with the server's event if there was one
   */
  constructor(url, { memory, claims, changed }, Socket) {
    this.#memory = memory;
    this.#claims = claims;
    this.#changed = changed;
    this.#connection = new Connection(url, {
      opened: () => this.#opened(),
      heard: (event) => this.#heard(event),
      replaced: () => this.#stopped("elsewhere"),
      expelled: () => this.#expelled(),
      changed: () => changed(),
    }, Socket);
  }

  get connection() {
    return this.#connection;
  }

  /** Takes up the stay that this tab remembers, if it was in this room. Without a name there is no need to connect. */
  start(room) {
    const saved = this.#memory.load();
    if (saved?.token && saved.room === (room ?? saved.room)) {
      this.#identity = { name: saved.name, room: saved.room, token: saved.token };
      this.expulsion = saved.expulsion ?? null;
      this.phase = this.expulsion ? "expelled" : "joining";
      if (!this.expulsion) this.#connection.open();
    }
  }

  /** Whether there is a room to show: also while we are on our way back into it. */
  get inside() {
    return this.phase !== "asking" && !this.#atDoor && Boolean(this.#identity?.token || this.conversation.position);
  }

  /** Whether the server knows us as an operator. */
  get operator() {
    return this.#secrets.operator;
  }

  /** The room that one is in, or on the way into. */
  get room() {
    return this.conversation.room || (this.#identity?.room ?? "");
  }

  /** The room that one is on the way into from another, or null. */
  get moving() {
    return this.#move?.room ?? null;
  }

  /** Whether something that was sent is not acknowledged yet. */
  get isWaiting() {
    return this.conversation.items.some(({ state }) => state === "sending");
  }

  /** What the form should offer as a name. */
  get rememberedName() {
    return this.#identity?.name ?? this.#memory.load()?.name ?? "";
  }

  /** @param {{key?: string, secret?: string}} [shown] the room's key, if it is closed, and the name's secret, if it is claimed */
  join(name, room, { key, secret } = {}) {
    if (key) this.#secrets.keep(room, key);
    this.#typed = secret ? { name, secret } : null;
    this.refusal = null;
    this.#atDoor = true;
    const { token } = this.#identity?.name === name && this.#identity.room === room ? this.#identity : {};
    this.#identity = { name, room, token };
    this.phase = "joining";
    if (this.#connection.state === "open") this.#sendJoin();
    else this.#connection.open();
    this.#changed();
  }

  say(text) {
    const key = newKey();
    this.#show(saying(this.conversation, { key, text, at: now() }));
    this.#sendSay({ ref: key, text });
    this.#remember();
  }

  whisper(to, text) {
    const key = newKey();
    this.#show(whispering(this.conversation, { key, to, text, at: now() }));
    // A whisper has no key that would keep it from being told twice: it goes out now or not at all.
    const sent = this.phase === "joined" && this.#connection.send({ type: "whisper", to, text, ref: key });
    // Nothing answers a whisper that was not refused. The server does one thing after the other, so the answer to the next does.
    if (sent) this.#askWho({ whisper: key });
    else this.#show(failing(this.conversation, key, "offline"));
  }

  /** @returns {string | null} the `ref` that a refusal would bring back; null if it could not be asked for */
  rename(name) {
    return this.#request({ type: "rename", name, claim: this.#claims.secretOf(name) });
  }

  /** Shows that a name is ours, and is called so. Returns as {@link rename}. */
  prove(name, secret) {
    this.#typed = { name, secret };
    return this.#request({ type: "rename", name, claim: secret });
  }

  /** Makes our name ours alone. Returns as {@link rename}. */
  claim() {
    return this.#request({ type: "claim" });
  }

  /** Gives our name up. Returns as {@link rename}. */
  release() {
    return this.#request({ type: "release" });
  }

  /** @returns {boolean} whether it could be asked for */
  who() {
    const asked = this.#askWho({ shown: true });
    if (!asked) this.note("offline");
    return asked;
  }

  /**
   * Goes to another room under the same name; stays if that is refused.
   *
   * @param {string} [key] of the room, if it is closed
   * @returns {string | null} the `ref` that a refusal would bring back; null if it could not be asked for
   */
  move(room, key) {
    if (unacknowledged(this.conversation).length) {
      this.note("wait");
      return null;
    }
    const name = this.conversation.me;
    const roomKey = key ?? this.#secrets.keyTo(room);
    const ref = this.#request({ type: "join", name, room, roomKey, claim: this.#claims.secretOf(name) });
    if (ref) this.#move = { room, ref, key: roomKey };
    return ref;
  }

  /** Shows the operators' token. Returns as {@link rename}. */
  op(token) {
    const ref = this.#request({ type: "op", token });
    if (ref) this.#secrets.shows(ref, token);
    return ref;
  }

  /**
   * Does what operators do where we are. Returns as {@link rename}.
   *
   * @param {{type: string, name?: string, address?: string, time?: string}} act
   */
  act(act) {
    return this.#request(act);
  }

  /** Leaves the room, and forgets everything but the name. Whoever comes next in this tab is no operator. */
  leave() {
    this.#connection.send({ type: "leave" });
    if (this.#secrets.forget()) this.#connection.close();
    this.expulsion = null;
    this.#memory.save({ name: this.conversation.me });
    this.#identity = null;
    this.#move = null;
    this.#outbox = new Outbox();
    this.#held.clear();
    this.phase = "asking";
    this.#show(silence());
  }

  /** Sends a failed message once more. */
  retry(ref) {
    const item = this.conversation.items.find((other) => other.ref === ref);
    if (item.kind === "whisper") {
      this.discard(ref);
      this.whisper(item.to, item.text);
      return;
    }
    this.#show(retrying(this.conversation, ref));
    this.#outbox.forget(ref);
    this.#sendSay(item);
    this.#remember();
  }

  discard(ref) {
    this.#show(discarding(this.conversation, ref));
  }

  /** Takes the conversation back from another tab, or comes back after an operator has put us out. */
  comeBack() {
    this.phase = "joining";
    this.#connection.open();
  }

  note(what, details) {
    this.#show(noting(this.conversation, what, details));
  }

  /** Asks for a sign of life if nothing was heard for so long. */
  check(quietMs) {
    if (this.phase === "joined" && this.#connection.isQuiet(quietMs)) this.#askWho();
  }

  /** Does not wait for the next try. */
  retryNow() {
    if (this.#connection.state === "waiting") this.#connection.open();
  }

  #opened() {
    this.#move = null;
    this.#asked = [];
    // First: no ban is for operators.
    const op = this.#secrets.again();
    if (op) this.#connection.send(op);
    if (this.phase === "joined" || this.phase === "joining") {
      this.phase = "joining";
      this.#sendJoin();
    }
  }

  #sendJoin() {
    const { name, room, token } = this.#identity;
    const since = (this.conversation.room === room && this.conversation.position) || undefined;
    const roomKey = this.#secrets.keyTo(room);
    const claim = this.#typed?.secret ?? this.#claims.secretOf(name);
    this.#connection.send({ type: "join", name, room, token, since, roomKey, claim, ref: "join" }, { expectAnswer: true });
  }

  #sendSay(item) {
    if (this.phase !== "joined") return;
    if (this.#held.any) {
      this.#held.add(item.ref);
      this.#show(holding(this.conversation, item.ref));
    } else {
      this.#sendNow(item);
    }
  }

  #sendNow({ ref, text }) {
    if (this.#connection.send({ type: "say", text, ref, key: ref }, { expectAnswer: true })) this.#outbox.wentOut(ref);
  }

  #request(event) {
    const ref = newKey();
    const sent = this.phase === "joined" && this.#connection.send({ ...event, ref });
    if (!sent) this.note("offline");
    return sent ? ref : null;
  }

  #askWho(purpose = {}) {
    const sent = this.phase === "joined" && this.#connection.send({ type: "who" }, { expectAnswer: true });
    if (sent) this.#asked.push(purpose);
    return sent;
  }

  /** A summary does not name anybody: after a while, ask. */
  #askWhoLater({ count }) {
    const wait = Math.max(ASK_WHO_MS, count * ASK_WHO_MS_PER_PERSON) * (0.5 + Math.random() / 2);
    this.#whoTimer ??= setTimeout(() => {
      this.#whoTimer = undefined;
      this.#askWho();
    }, wait);
  }

  #answered({ count, present }) {
    const { shown, whisper } = this.#asked.shift() ?? {};
    if (shown) this.conversation = noting(this.conversation, "who", { count, people: present });
    if (unacknowledged(this.conversation, "whisper").some(({ ref }) => ref === whisper)) {
      this.conversation = heard(this.conversation, { type: "ack", ref: whisper });
    }
  }

  #heard(event) {
    if (event.type === "welcome") this.#welcomed(event);
    else if (this.#secrets.isAnswer(event)) this.#answeredToToken(event);
    else if (event.type === "refused" && this.#isOfJoin(event)) this.#notLetIn(event);
    else if (this.phase === "joined") this.#heardInRoom(event);
    this.#changed(event);
  }

  #isOfJoin({ ref }) {
    return this.phase === "joining" || (this.#move !== null && ref === this.#move.ref);
  }

  #answeredToToken(event) {
    const what = this.#secrets.answered(event);
    if (what) this.conversation = noting(this.conversation, what, event);
  }

  #welcomed(event) {
    if (this.#move?.room === event.room && this.#move.key) this.#secrets.keep(event.room, this.#move.key);
    // Who goes from room to room in haste is welcomed in each of them.
    if (this.#move?.room === event.room) this.#move = null;
    this.#identity = { name: event.name, room: event.room, token: event.token };
    this.conversation = heard(this.conversation, event);
    this.phase = "joined";
    this.#atDoor = false;
    this.expulsion = null;
    this.#keepWhatWasTyped(event.name, event.present.some(({ name, claimed }) => name === event.name && claimed));
    this.#takeUpUnsent();
    this.#failWhispers();
    this.#held.clear();
    this.#repeatUnacknowledged();
    this.#remember();
  }

  #notLetIn(event) {
    if (this.#move) {
      const { room, key } = this.#move;
      this.#move = null;
      this.conversation = noting(this.conversation, "refused", { ...event, reason: this.#secrets.reason(event, room, key) });
    } else if (event.reason === "unavailable" && this.conversation.position) {
      this.#connection.lose();
    } else {
      // What we kept is wrong: somebody else has claimed the name since.
      if (event.reason === "name-claimed") this.#claims.forget(this.#identity.name);
      this.#typed = null;
      const { room } = this.#identity;
      const reason = this.#secrets.reason(event, room, this.#secrets.keyTo(room));
      this.refusal = { reason, message: event.message, room, until: this.expulsion?.until };
      this.phase = "asking";
    }
  }

  #heardInRoom(event) {
    this.conversation = heard(this.conversation, event);
    if (event.type === "ack" || event.type === "refused") this.#answeredToOwn(event);
    if (event.type === "claimed") this.#claims.keep(event.name, event.secret);
    if (event.type === "released") this.#claims.forget(event.name);
    if (event.type === "renamed" && event.name === this.conversation.me) this.#keepWhatWasTyped(event.name, event.claimed);
    if (event.type === "renamed" && this.#identity.name !== this.conversation.me) {
      this.#identity.name = this.conversation.me;
      this.#remember();
    }
    if (event.type === "closed") this.#secrets.keep(event.room, event.roomKey);
    if (isExpelling(event) && event.name === this.conversation.me) this.#putOut(event);
    if (event.type === "who") this.#answered(event);
    if (event.type === "presence") this.#askWhoLater(event);
  }

  #answeredToOwn(event) {
    if (event.type === "refused" && isForNow(this.conversation, event)) {
      this.#outbox.notTaken(event.ref);
      this.#held.wait(event.ref, event.retryAfterMs);
    } else {
      this.#outbox.forget(event.ref);
      this.#held.settle(event.ref);
    }
    this.#remember();
  }

  #sendHeld() {
    const item = unacknowledged(this.conversation).find(({ ref }) => this.#held.has(ref));
    if (!item) this.#held.clear();
    if (!item || this.phase !== "joined") return;
    if (!this.#sendAgain(item)) this.#held.settle(item.ref);
    this.#changed();
  }

  #keepWhatWasTyped(name, claimed) {
    if (this.#typed && claimed) this.#claims.keep(name, this.#typed.secret);
    this.#typed = null;
  }

  /** After a reload: what this tab had not got through yet. */
  #takeUpUnsent() {
    const saved = this.#memory.load();
    if (saved?.room !== this.conversation.room || saved.name !== this.conversation.me) return;
    for (const unsent of saved.unsent ?? []) {
      if (this.conversation.items.some((item) => item.ref === unsent.ref)) continue;
      this.conversation = saying(this.conversation, { key: unsent.ref, text: unsent.text, at: unsent.at });
      this.#outbox.takeUp(unsent);
    }
  }

  #failWhispers() {
    for (const { ref } of unacknowledged(this.conversation, "whisper")) {
      this.conversation = failing(this.conversation, ref, "unsure");
    }
  }

  #repeatUnacknowledged() {
    for (const item of unacknowledged(this.conversation)) this.#sendAgain(item);
  }

  /** @returns {boolean} whether it was: what might be said twice is for the writer to decide */
  #sendAgain(item) {
    const isDoubtful = this.#outbox.isDoubtful(item, this.conversation.me);
    const { ref } = item;
    this.conversation = isDoubtful ? failing(this.conversation, ref, "unsure") : retrying(this.conversation, ref);
    if (!isDoubtful) this.#sendNow(item);
    return !isDoubtful;
  }

  /**
   * We don't come back by ourselves. A tab that was duplicated has the same token: the newer one keeps the name, or the two would take it
   * from each other for ever.
   */
  #stopped(phase) {
    this.phase = phase;
    this.#changed();
  }

  /** The server closes now. Its code, by which we know why, may not come through a proxy. */
  #putOut({ act, by, until }) {
    this.expulsion = { act, by, until };
    this.#connection.close();
    this.#expelled();
  }

  /** Nor does a page that is loaded again come back by itself. */
  #expelled() {
    this.expulsion ??= {};
    this.#stopped("expelled");
    this.#remember();
  }

  #remember() {
    const expulsion = this.phase === "expelled" ? this.expulsion : undefined;
    this.#memory.save({ ...this.#identity, expulsion, unsent: this.#outbox.written(this.conversation) });
  }

  #show(conversation) {
    this.conversation = conversation;
    this.#changed();
  }
}

function isExpelling({ type, act }) {
  return type === "acted" && (act === "kick" || act === "ban");
}

function now() {
  return new Date().toISOString();
}
