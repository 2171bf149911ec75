import { read } from "./commands.js";
import { Composer } from "./composer.js";
import { Folds } from "./folds.js";
import { number, onLanguage, words } from "./i18n.js";
import { itemList, why } from "./items.js";
import { onZone } from "./look.js";
import { Memory } from "./memory.js";
import { peopleList } from "./people.js";
import { Scroll } from "./scroll.js";
import { Session } from "./session.js";
import { Trail } from "./trail.js";
import { render } from "./vendor.js";

/** The chat from the door on: what the parts of its page show of the session, and what they ask of it. */

const $ = (id) => document.getElementById(id);
const CHECK_EVERY_MS = 15_000;
const QUIET_MS = 60_000;
const QUIET_ON_RETURN_MS = 15_000;

const address = new URL("../chat", import.meta.url);
address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
const session = new Session(address.href, {
  memory: new Memory("sessionStorage", "prosa.stay"),
  changed,
});
const scroll = new Scroll($("conversation"), showScroll);
const folds = new Folds($("conversation"), scroll, () => changed());
const composer = new Composer($("composer"), { send: carryOut, names });
const trail = new Trail(goTo);
const lastName = new Memory("localStorage", "prosa.name"); // of this browser: a new tab offers it

let missed = 0; // messages that came while the page was hidden
let drawing = false;
let wasInside = false;
let shownRoom = "";
let shownRefusal = null;
let asked = null; // the last command that the server may refuse: { ref, written }

function changed(event) {
  if (event?.type === "said" || event?.type === "whisper") {
    if (event.by !== session.conversation.me) scroll.came();
    if (document.hidden && event.by !== session.conversation.me) missed++;
  }
  if (event?.type === "welcome") enter(event.room);
  if (["welcome", "renamed"].includes(event?.type) && event.name === session.conversation.me) lastName.save(event.name);
  if (event?.type === "refused") refused(event);
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
    render(peopleList(conversation, startWhisper), $("people"));
    drawItems(conversation.items);
    scroll.follow();
    showScroll();
  }
  holdOpen();
  if (inside && !wasInside) composer.refresh();
  wasInside = inside;
}

function drawItems(items) {
  const show = () => render(itemList(items, { folds, retry, discard }), $("items"));
  show();
  if (folds.measure($("items"))) show();
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
  const field = refusal && (refusal.reason === "room-invalid" ? "room" : "name");
  for (const id of ["name", "room"]) {
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

function drawStatus() {
  const { connection, phase } = session;
  const state = phase === "elsewhere" ? "elsewhere"
    : phase === "asking" && connection.state === "closed" ? "ready"
    : connection.state === "waiting" ? "offline"
    : connection.state === "open" && phase !== "joining" ? "online"
    : "connecting";
  for (const element of [$("main"), $("status")]) element.dataset.state = state;
  const text = words(`status.${state}`);
  // Written only when it changes: each write is read out.
  if ($("status").textContent !== text) $("status").textContent = text;
  const seconds = Math.max(1, Math.ceil((connection.retryAt - Date.now()) / 1000));
  $("status-next").textContent = state === "offline" ? words("status.next", { count: seconds }) : "";
  $("retry").hidden = state !== "offline" && state !== "elsewhere";
  $("retry").textContent = words(state === "elsewhere" ? "status.comeBack" : "status.retry");
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
  const { verb, text, to, name, room, word } = read(written, names());
  switch (verb) {
    case "say":
      session.say(text);
      return true;
    case "whisper":
      session.whisper(to, text);
      return true;
    case "rename":
      return awaiting(written, session.rename(name));
    case "move":
      if (!awaiting(written, session.move(room))) return false;
      composer.leave();
      return true;
    case "who":
      return session.who();
    case "leave":
      leave();
      return true;
    default:
      session.note(verb, { word });
      return verb === "help";
  }
}

function awaiting(written, ref) {
  asked = { ref, written };
  return ref !== null;
}

function refused({ ref }) {
  if (session.moving || !session.inside) return;
  trail.stayed();
  composer.enter(session.room);
  if (asked && asked.ref === ref) composer.giveBack(asked.written);
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
export function knock(name, room) {
  session.join(name, room);
}

$("retry").addEventListener("click", () => {
  if (session.phase === "elsewhere") session.comeBack();
  else session.retryNow();
});
$("leave").addEventListener("click", leave);
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
setInterval(() => session.check(QUIET_MS), CHECK_EVERY_MS);
setInterval(() => session.connection.state === "waiting" && drawStatus(), 1_000);
onLanguage(() => {
  showTitle();
  composer.refresh();
  changed();
});
onZone(changed);

const wasAsked = !$("entrance").hidden; // for a name, before this was here
session.start(trail.room ?? undefined);
if (session.inside) composer.enter(session.room);
draw(); // now, and not in the next frame: what is still hidden can't take the focus
if (!session.inside && !wasAsked && matchMedia("not (pointer: coarse)").matches) $("name").select();
