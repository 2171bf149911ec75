import { delay } from "./backoff.js";
import { heard, silence } from "./conversation.js";
import { Folds } from "./folds.js";
import { listed, onLanguage, words } from "./i18n.js";
import { itemList } from "./items.js";
import { onZone } from "./look.js";
import { Scroll } from "./scroll.js";
import { canBeKey, showing, ticketFor } from "./ticket.js";
import { render } from "./vendor.js";

/** The read-only view: an EventSource on /feed, and what it heard. */

const $ = (id) => document.getElementById(id);
const NAMED = ["removed", "cleared", "joined", "left", "renamed", "presence", "gap", "acted"];
const READY_STATES = ["CONNECTING", "OPEN", "CLOSED"];
const FIRST_LOOK_BACK = 20;
const ROOM = /^[a-z0-9-]{1,32}$/u;
const MAX_ROOMS = 32;
const FORBIDDEN = 403;

let rooms = [];
let mistake = null; // why the server would refuse what was chosen: the key of the words for it
let closedRooms = []; // those of the rooms that open to a key that we don't have, as far as we know
let wrongKey = false; // whether one was shown for the first of them
const keys = new Map(); // of closed rooms: in the memory of the page and in no storage, so that they end with it
let asking = false; // for a ticket
let listening = 0; // counts up: an answer that is awaited may come when it is not asked for any more
let source = null;
let conversation = silence();
let lastId = null;
let failures = 0;
let retryTimer;
let opened = false;
let drawing = false;

const scroll = new Scroll($("conversation"), () => {});
const folds = new Folds($("conversation"), scroll, draw);

/** Listens to the rooms in the field. What can't be rooms is said, and not asked for: the answer would be the same again and again. */
function choose() {
  const named = [...new Set($("rooms").value.toLowerCase().split(/[\s,]+/u).filter(Boolean))];
  mistake = named.some((room) => !ROOM.test(room)) ? "reason.room-invalid" : named.length > MAX_ROOMS ? "feed.tooMany" : null;
  draw();
  if (mistake) return false;
  takeKey();
  rooms = named.length ? named : ["main"];
  conversation = silence();
  folds.forget();
  lastId = null;
  listen();
  return true;
}

/** What was typed is the key of the room that it was asked for. */
function takeKey() {
  const key = $("key").value.trim();
  if (closedRooms.length && canBeKey(key)) keys.set(closedRooms[0], key);
  $("key").value = "";
}

async function listen() {
  stop();
  closedRooms = [];
  wrongKey = false;
  const mine = ++listening;
  const shown = new Map([...keys].filter(([room]) => rooms.includes(room)));
  asking = true;
  const ticket = shown.size ? await ticketFor(shown) : null;
  if (mine !== listening) return;
  asking = false;
  open(ticket);
}

function open(ticket) {
  const url = new URL("../feed", import.meta.url);
  for (const room of rooms) url.searchParams.append("room", room);
  // The EventSource repeats this address when it reconnects; the Last-Event-ID that it then sends wins over both.
  if (lastId) url.searchParams.set("since", lastId);
  else url.searchParams.set("last", FIRST_LOOK_BACK);
  $("url").textContent = url.pathname + url.search + (ticket ? "&ticket=…" : "");
  if (ticket) url.searchParams.set("ticket", ticket);
  source = new EventSource(url);
  source.onopen = () => {
    opened = true;
    failures = 0;
    draw();
  };
  source.onmessage = (event) => take("said", event);
  for (const type of NAMED) source.addEventListener(type, (event) => take(type, event));
  source.onerror = failed;
  draw();
}

function take(type, event) {
  // The opening block has an id and no data: it makes no event, but later events carry its id.
  if (event.lastEventId) lastId = event.lastEventId;
  conversation = heard(conversation, { ...JSON.parse(event.data), type });
  draw();
}

/** An EventSource reconnects by itself after a cut, but any answer other than 200 ends it for good. */
function failed() {
  if (source.readyState === EventSource.CLOSED) {
    retryTimer = setTimeout(listen, delay(++failures));
    lookWhy(source);
  }
  draw();
}

/** An EventSource does not tell its page what was answered. A closed room stays so: there is no use in asking again and again. */
async function lookWhy(failing) {
  const looks = await Promise.all(rooms.map(isClosed));
  if (source !== failing || !looks.includes(true)) return;
  stop();
  closedRooms = rooms.filter((_, index) => looks[index]);
  wrongKey = keys.has(closedRooms[0]);
  for (const room of closedRooms) keys.delete(room);
}

async function isClosed(room) {
  const url = new URL("../feed", import.meta.url);
  url.searchParams.set("room", room);
  try {
    const headers = showing([...keys].filter(([name]) => name === room));
    return (await fetch(url, { method: "HEAD", headers })).status === FORBIDDEN;
  } catch {
    return false; // the server is not there: it is tried again anyway
  }
}

function stop() {
  listening++;
  asking = false;
  clearTimeout(retryTimer);
  source?.close();
  source = null;
  opened = false;
  draw();
}

function state() {
  if (!source) return asking ? (failures ? "reconnecting" : "connecting") : "closed";
  if (source.readyState === EventSource.OPEN) return "open";
  return opened || failures ? "reconnecting" : "connecting";
}

/** However many events come in, the page is drawn once a frame. */
function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    drawNow();
  });
}

function drawNow() {
  const now = state();
  $("status").dataset.state = now;
  $("status").textContent = words(`feed.${now}`);
  $("ready-state").textContent = `readyState ${source?.readyState ?? 2} ${READY_STATES[source?.readyState ?? 2]}`;
  $("last-id").textContent = lastId ?? words("feed.none");
  $("stop").disabled = !source && !asking;
  $("empty").hidden = conversation.items.length > 0;
  drawMistake();
  drawItems();
  scroll.follow();
}

function drawMistake() {
  const text = mistake ? words("feed.refused", { why: words(mistake, { count: MAX_ROOMS }) })
    : wrongKey ? words("feed.refused", { why: words("reason.wrong-key") })
    : closedRooms.length ? words("feed.closedRooms", { count: closedRooms.length, rooms: listed(closedRooms).join("") }) : "";
  // Written only when it changes: each write is read out.
  if ($("rooms-error").textContent !== text) $("rooms-error").textContent = text;
  $("rooms").setAttribute("aria-invalid", String(Boolean(mistake)));
  $("key-field").hidden = !closedRooms.length;
  $("key").setAttribute("aria-invalid", String(wrongKey));
  if (closedRooms.length) $("key-label").textContent = words("feed.key", { room: closedRooms[0] });
}

function drawItems() {
  const show = () => render(itemList(conversation.items, { folds, rooms: rooms.length > 1 }), $("items"));
  show();
  if (folds.measure($("items"))) show();
}

$("choice").addEventListener("submit", (event) => {
  event.preventDefault();
  if (choose()) history.replaceState(null, "", `?${rooms.map((room) => `room=${room}`).join("&")}`);
  else $("rooms").focus();
});
$("stop").addEventListener("click", stop);
onLanguage(draw);
onZone(draw);

$("rooms").value = new URLSearchParams(location.search).getAll("room").join(" ") || "main";
choose();
