import { Answers } from "./answers.js";
import { Claims } from "./claims.js";
import { read, withoutSecret } from "./commands.js";
import { Composer } from "./composer.js";
import { when } from "./deeds.js";
import { Folds } from "./folds.js";
import { number, onLanguage, words } from "./i18n.js";
import { itemList, why } from "./items.js";
import { onZone } from "./look.js";
import { Memory } from "./memory.js";
import { close } from "./menus.js";
import { peopleList } from "./people.js";
import "./plain.js";
import { Scroll } from "./scroll.js";
import { SecretBox } from "./secretbox.js";
import { Session } from "./session.js";
import { Trail } from "./trail.js";
import { render } from "./vendor.js";

/** The chat from the door on: what the parts of its page show of the session, and what they ask of it. */

const $ = (id) => document.getElementById(id);
const CHECK_EVERY_MS = 15_000;
const QUIET_MS = 60_000;
const QUIET_ON_RETURN_MS = 15_000;
/** What one can do about a connection that is not there. */
const REMEDIES = { offline: "status.retry", elsewhere: "status.comeBack", expelled: "status.return" };

const address = new URL("../chat", import.meta.url);
address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
const session = new Session(address.href, {
  memory: new Memory("sessionStorage", "prosa.stay"),
  claims: new Claims(new Memory("localStorage", "prosa.claims")),
  changed,
});
const scroll = new Scroll($("conversation"), showScroll);
const folds = new Folds($("conversation"), scroll, () => changed());
const composer = new Composer($("composer"), { send: carryOut, names });
const answers = new Answers($("answer"), (act) => session.act(act));
const secretBox = new SecretBox($("secret-box"));
const trail = new Trail(goTo);
const lastName = new Memory("localStorage", "prosa.name"); // of this browser: a new tab offers it
const isVouched = $("name").readOnly; // a proxy has let us in, by a name that is ours there

let missed = 0; // messages that came while the page was hidden
let drawing = false;
let wasInside = false;
let shownRoom = "";
let shownRefusal = null;
let closedRoom = null; // the room for which the entrance asks the key
let asked = null; // the last command that the server may refuse: { ref, written }

function changed(event) {
  if (event?.type === "said" || event?.type === "whisper") {
    if (event.by !== session.conversation.me) scroll.came();
    if (document.hidden && event.by !== session.conversation.me) missed++;
  }
  if (event?.type === "welcome") enter(event.room);
  if (["welcome", "renamed"].includes(event?.type) && event.name === session.conversation.me) lastName.save(event.name);
  if (event?.type === "claimed") secretBox.show(event.name, event.secret);
  if (event?.type === "refused") refused(event);
  if (event && session.inside) answers.heard(event);
  showTitle();
  if (drawing) return;
  drawing = true;
  // However many lines come in, the page is drawn once a frame.
  requestAnimationFrame(() => {
    drawing = false;
    draw();
  });
}

function draw() {
  const { conversation, inside, phase } = session;
  $("entrance").hidden = inside;
  $("chat").hidden = !inside;
  $("main").dataset.place = inside ? "room" : "entrance";
  drawStatus();
  if (!inside) {
    drawEntrance();
  } else {
    $("room-name").textContent = `#${session.room}`;
    $("people-count").textContent = words("room.count", { count: conversation.count });
    $("people-toggle").textContent = words("room.showPeople", { count: conversation.count });
    $("empty").hidden = phase !== "joined" || conversation.items.length > 0;
    drawPeople();
    showHush();
    $("room-menu").hidden = !session.operator;
    drawItems(conversation.items);
    scroll.follow();
    showScroll();
  }
  holdOpen();
  if (inside) $("secret-field").hidden = true;
  if (inside && !wasInside) composer.refresh();
  wasInside = inside;
}

function drawPeople() {
  const hadFocus = $("people").contains(document.activeElement);
  const mine = { claim, release: isVouched ? null : release };
  render(peopleList(session.conversation, { whisperTo: startWhisper, ...mine, act: session.operator ? actOn : null }), $("people"));
  // Who had it may have been put out.
  if (hadFocus && document.activeElement === document.body) $("people-title").focus();
}

/** Operators are not muted. */
function showHush() {
  const { hush } = session.conversation;
  const isOver = hush?.until && Date.parse(hush.until) <= Date.now();
  composer.hush(session.operator || isOver ? null : hush);
}

function drawItems(items) {
  const hadFocus = $("items").contains(document.activeElement);
  const show = () => render(itemList(items, { folds, retry, discard, remove: session.operator ? remove : null }), $("items"));
  show();
  if (folds.measure($("items"))) show();
  // What had it may have been removed.
  if (hadFocus && document.activeElement === document.body) $("conversation").focus({ preventScroll: true });
}

/** Who closes the tab while something is on its way is asked. Only then: the browser keeps no page ready that listens for it. */
function holdOpen() {
  if (session.isWaiting) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
}

function ask(event) {
  if (session.isWaiting) event.preventDefault();
}

function drawEntrance() {
  const { phase, refusal } = session;
  const joining = phase === "joining";
  $("join").disabled = joining;
  $("join").textContent = words(joining ? "join.submitting" : "join.submit");
  drawKey(refusal);
  // Asked for when it is needed, and not taken away while one types it.
  if (refusal?.reason === "name-claimed") $("secret-field").hidden = false;
  const field = refusal && fieldOf(refusal);
  for (const id of ["name", "secret", "room", "key"]) {
    const refused = field === id;
    $(`${id}-error`).textContent = refused ? words("join.refused", { why: why(refusal) }) : "";
    $(id).setAttribute("aria-invalid", String(refused));
  }
  if (field && refusal !== shownRefusal) {
    $(field).focus();
    $(field).select();
  }
  shownRefusal = refusal;
}

/** The key is asked for when a room is closed, and not for another room. */
function drawKey(refusal) {
  if (isOfKey(refusal)) closedRoom = refusal.room;
  $("key-field").hidden = closedRoom === null || $("room").value.trim().toLowerCase() !== closedRoom;
  if ($("key-field").hidden) $("key").value = "";
}

function isOfKey(refusal) {
  return ["room-closed", "wrong-key"].includes(refusal?.reason);
}

function fieldOf({ reason }) {
  if (reason === "room-invalid") return "room";
  // Too many wrong secrets are too fast.
  if (!$("secret-field").hidden && ["name-claimed", "too-fast"].includes(reason)) return "secret";
  const ofKey = isOfKey({ reason }) || reason === "too-fast";
  return ofKey && !$("key-field").hidden ? "key" : "name";
}

function drawStatus() {
  const { connection, phase } = session;
  const state = ["elsewhere", "expelled"].includes(phase) ? phase
    : phase === "asking" && connection.state === "closed" ? "ready"
    : connection.state === "waiting" ? "offline"
    : connection.state === "open" && phase !== "joining" ? "online"
    : "connecting";
  for (const element of [$("main"), $("status")]) element.dataset.state = state;
  const text = state === "expelled" ? expelledBy(session.expulsion) : words(`status.${state}`);
  // Written only when it changes: each write is read out.
  if ($("status").textContent !== text) $("status").textContent = text;
  const seconds = Math.max(1, Math.ceil((connection.retryAt - Date.now()) / 1000));
  $("status-next").textContent = state === "offline" ? words("status.next", { count: seconds }) : "";
  $("retry").hidden = !Object.hasOwn(REMEDIES, state);
  if (Object.hasOwn(REMEDIES, state)) $("retry").textContent = words(REMEDIES[state]);
}

function expelledBy({ act, by, until }) {
  if (!by) return words("status.expelled");
  const name = `\u2068${by}\u2069`; // isolated: a name of the other direction must not reorder the sentence
  return act === "ban" ? words("status.banned", { by: name, until: when(until) }) : words("status.kicked", { by: name });
}

function showScroll() {
  const { atEnd, unread } = scroll;
  $("to-end").hidden = atEnd;
  $("to-end").textContent = unread ? words("room.newMessages", { count: unread }) : words("room.toBottom");
}

function showTitle() {
  const title = session.inside ? `#${session.room} · Prosa` : "Prosa";
  document.title = missed ? `(${number(missed)}) ${title}` : title;
}

function enter(room) {
  if (!session.moving) trail.entered(room);
  if (room !== shownRoom) folds.forget();
  shownRoom = room;
  composer.enter(room);
  $("room").value = room;
  $("key").value = "";
  closedRoom = null;
  $("feed-link").href = `feed.html?room=${encodeURIComponent(room)}`;
  if (!wasInside) {
    scroll.toEnd();
    // On a phone, focusing would open the keyboard over the conversation.
    if (matchMedia("not (pointer: coarse)").matches) requestAnimationFrame(() => requestAnimationFrame(() => composer.focus()));
  }
}

/** Does what was written, and returns whether it could be. */
function carryOut(written) {
  const taken = command(written);
  holdOpen();
  scroll.toEnd();
  return taken;
}

function command(written) {
  const { verb, text, to, name, secret, room, word, token, key, act } = read(written, names());
  switch (verb) {
    case "say":
      session.say(text);
      return true;
    case "whisper":
      session.whisper(to, text);
      return true;
    case "rename":
      return awaiting(written, session.rename(name));
    case "prove":
      return awaiting("", session.prove(name, secret));
    case "claim":
      return awaiting(written, session.claim());
    case "release":
      return awaiting(written, session.release());
    case "op":
      return awaiting(written, session.op(token));
    case "act":
      return awaiting(written, session.act(act));
    case "key":
    case "move":
      if (!awaiting(written, session.move(room, key))) return false;
      composer.leave();
      return true;
    case "who":
      return session.who();
    case "leave":
      leave();
      return true;
    default:
      session.note(verb, { word, operator: session.operator });
      return verb === "help";
  }
}

function awaiting(written, ref) {
  asked = { ref, written: withoutSecret(written) };
  return ref !== null;
}

/** Does what an operator has chosen in the menu of a person. */
function actOn(act) {
  session.act(act);
  close();
  if ($("chat").dataset.people !== "shown") return;
  // What came of it is behind the list of people.
  showPeople(false);
  $("people-toggle").focus();
}

function remove(id) {
  session.act({ type: "remove", id });
  close();
}

function refused({ ref, reason }) {
  if (session.moving || !session.inside) return;
  trail.stayed();
  composer.enter(session.room);
  if (asked && asked.ref === ref) composer.giveBack(reason === "room-closed" ? askingForKey(asked.written) : asked.written);
}

/** What opens a closed room: only the key is missing. */
function askingForKey(written) {
  const { verb, room } = read(written);
  return verb === "move" ? `/key ${room} ` : written;
}

/** The browser's back and forward. */
function goTo(room) {
  if (!session.inside) {
    $("room").value = room;
    return "there";
  }
  if (room === (session.moving ?? session.room)) return session.moving ? "asked" : "there";
  return session.move(room) ? "asked" : "refused";
}

function claim() {
  asked = { ref: session.claim(), written: "" };
}

function release() {
  asked = { ref: session.release(), written: "" };
}

function leave() {
  $("name").value = session.conversation.me;
  session.leave();
  composer.leave();
  shownRoom = "";
  showPeople(false);
  requestAnimationFrame(() => requestAnimationFrame(() => $("name").focus()));
}

function retry(ref) {
  session.retry(ref);
}

function discard(ref) {
  session.discard(ref);
}

function names() {
  return session.conversation.people.map(({ name }) => name);
}

function startWhisper(name) {
  showPeople(false);
  composer.startWhisper(name);
}

function showPeople(shown) {
  $("chat").dataset.people = shown ? "shown" : "";
  $("people-toggle").setAttribute("aria-expanded", String(shown));
  if (shown) $("people-title").focus();
}

/** Somebody has told a name, and the room for it. */
export function knock(name, room, key, secret) {
  $("secret").value = "";
  session.join(name, room, { key, secret });
}

$("retry").addEventListener("click", () => {
  if (["elsewhere", "expelled"].includes(session.phase)) session.comeBack();
  else session.retryNow();
});
$("leave").addEventListener("click", leave);
$("room").addEventListener("input", () => drawKey(null));
$("room-menu").addEventListener("click", ({ target }) => {
  if (!target.dataset.act) return;
  session.act({ type: target.dataset.act });
  close();
});
$("to-end").addEventListener("click", () => {
  scroll.toEnd();
  showScroll();
  composer.focus();
});
$("people-toggle").addEventListener("click", () => showPeople($("chat").dataset.people !== "shown"));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && $("chat").dataset.people === "shown") {
    showPeople(false);
    $("people-toggle").focus();
  }
});
document.addEventListener("pointerdown", ({ target }) => {
  if (!target.closest("#people-panel, #people-toggle")) showPeople(false);
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  missed = 0;
  showTitle();
  session.check(QUIET_ON_RETURN_MS);
});
addEventListener("online", () => {
  session.retryNow();
  session.check(0);
});
setInterval(() => {
  session.check(QUIET_MS);
  showHush();
}, CHECK_EVERY_MS);
setInterval(() => session.connection.state === "waiting" && drawStatus(), 1_000);
onLanguage(() => {
  showTitle();
  composer.refresh();
  secretBox.refresh();
  changed();
});
onZone(changed);

const wasAsked = !$("entrance").hidden; // for a name, before this was here
session.start(trail.room ?? undefined);
if (session.inside) composer.enter(session.room);
draw(); // now, and not in the next frame: what is still hidden can't take the focus
if (!session.inside && !wasAsked && matchMedia("not (pointer: coarse)").matches) $("name").select();
