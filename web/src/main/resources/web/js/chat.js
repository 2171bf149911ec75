import { onLanguage, words } from "./i18n.js";
import { Memory } from "./memory.js";

/**
 * The chat's entrance: a form for a name, which stands before the rest of the chat is here. That is fetched while one types; who is
 * faster waits for it.
 */

const $ = (id) => document.getElementById(id);

const stay = new Memory("sessionStorage", "prosa.stay").load();
const lastName = new Memory("localStorage", "prosa.name").load();
// Who comes back has a room to go to, and need not see the form.
const comesBack = Boolean(stay?.token);

// A proxy that has let us in has said who we are, and we have no other name.
const vouched = document.querySelector('meta[name="prosa-name"]')?.content;

let state = comesBack ? "connecting" : "ready";
let knocking = false;
let loading = null;
let room = null; // the module of all that follows: once it is here, it draws

function draw() {
  if (room) return;
  for (const element of [$("main"), $("status")]) element.dataset.state = state;
  $("status").textContent = words(`status.${state}`);
  $("retry").hidden = state !== "offline";
  $("retry").textContent = words("status.retry");
  $("join").disabled = knocking;
  $("join").textContent = words(knocking ? "join.submitting" : "join.submit");
}

async function load() {
  loading ??= import("./room.js");
  try {
    room = await loading;
  } catch {
    loading = null;
    knocking = false;
    state = "offline";
    draw();
  }
}

async function knock(name, where, key, secret) {
  knocking = true;
  draw();
  await load();
  room?.knock(name, where, key, secret);
}

$("entrance").addEventListener("submit", (event) => {
  event.preventDefault();
  knock(
    $("name").value, $("room").value.trim().toLowerCase() || "main", $("key").value.trim(), $("secret").value.trim());
});
$("retry").addEventListener("click", () => {
  // Some browsers remember that a module could not be loaded, for as long as the page lives.
  if (!room) location.reload();
});
onLanguage(draw);

$("room").value = new URLSearchParams(location.search).get("room")?.toLowerCase() ?? "main";
$("name").value = vouched || stay?.name || (lastName ?? "");
$("name").readOnly = Boolean(vouched);
$("entrance").hidden = comesBack;
draw();
if (!comesBack && matchMedia("not (pointer: coarse)").matches) $("name").select();
load();
