import { known, onLanguage, words } from "../i18n.js";
import { render } from "../vendor.js";
import { EventSourceClient, FetchClient, WebSocketClient } from "./clients.js";
import { Control } from "./control.js";
import { faultTable, Journal, journalTable, legend } from "./faults.js";
import { dump } from "./hex.js";
import { Ledger, WIRES } from "./ledger.js";
import { Plots } from "./plots.js";
import { addressOf } from "./address.js";
import { SixFeeds } from "./sixfeeds.js";
import { REACH } from "./story.js";
import { asText, histogramTable, ms, raceTable, sixTable, sumsTable } from "./tables.js";
import { Traffic } from "./traffic.js";

/** The lab's page: a session on the server, four clients in a room of their own, and what they tell. */

const $ = (id) => document.getElementById(id);
const EVERY_MS = 2_000;
const TICK_MS = 250;
const REPORT_MS = 150;
const REPORTS = ["opened", "bytes", "sent", "ended", "closed", "fault", "probe-open", "probe-lost", "probe-arrived", "left-out"];

const control = new Control();
const lab = { ledger: new Ledger(), traffic: new Traffic(), states: new Map() };
const journal = new Journal();
const gone = new Set();
const begun = performance.now();
const six = new SixFeeds(() => draw());
const plots = new Plots(lab.ledger, { journal, begun }, $("time-line"), $("histogram"), $("story"));
/** What is to be said of how this page itself came: how much a browser opens at once depends on it. */
const came = `lab.protocol.${performance.getEntriesByType("navigation")[0]?.nextHopProtocol}`;
/** The wires that were open once. The relay's report of a new connection may come later than what the client itself tells. */
const opened = new Set();
let state = "connecting";
let count = 0;
let leftOut = 0;
let clients = [];
let repeating = null;
let drawing = false;

function told(wire, what, { id, since }, at) {
  switch (what) {
    case "open":
      lab.states.set(wire, "open");
      lab.ledger.opened(wire, at, since);
      if (since) journal.add("resumed", wire, at, { id: since });
      else if (opened.has(wire)) journal.add("returned", wire, at);
      opened.add(wire);
      raceOnce();
      break;
    case "lost":
      if (lab.states.get(wire) === "lost") break;
      lab.states.set(wire, "lost");
      // The server's report of the fault may be on its way still.
      setTimeout(() => notice(wire, "client", at), REPORT_MS);
      break;
    case "arrived":
      arrived(wire, id, at);
      break;
    default:
  }
  draw();
}

function arrived(wire, id, at) {
  const how = lab.ledger.arrived(wire, id, at);
  if (how !== "first") journal.add(how, wire, at, { id });
  tellLosses();
}

/** A message counts once the answer to its post is here, which may be later than what it lets us conclude. */
function tellLosses() {
  for (const wire of WIRES) {
    const lost = lab.ledger.balance(wire).lost.filter((id) => !gone.has(`${wire} ${id}`));
    if (lost.length) journal.add("gone", wire, performance.now(), { count: lost.length, id: lost.at(-1) });
    lost.forEach((id) => gone.add(`${wire} ${id}`));
  }
}

function notice(wire, side, at) {
  const took = lab.traffic.noticed(wire, side, at);
  journal.add(took === undefined ? `${side}Ended` : `${side}Noticed`, wire, at, { took: Math.max(0, took ?? 0) });
  draw();
}

function reported(name, report, at) {
  const { wire, connection } = report;
  switch (name) {
    case "opened":
      lab.traffic.opened(wire, connection, at);
      break;
    case "bytes":
      lab.traffic.bytes(report, at);
      break;
    case "sent":
      lab.traffic.kept(report);
      break;
    case "fault":
      lab.traffic.fault(wire, connection, report.fault, at);
      journal.add(report.fault === "heal" ? "healed" : "fault", wire, at, { fault: report.fault });
      break;
    case "ended":
      if (report.direction === "down") notice(wire, "server", at);
      break;
    case "closed":
      lab.traffic.closed(wire, connection, at);
      // Whatever a fault has hidden from the server: now it is told.
      if (lab.traffic.of(wire)?.connection === connection && lab.traffic.of(wire).fault?.server === null) notice(wire, "server", at);
      break;
    case "left-out":
      leftOut += report.count;
      break;
    default:
      told(wire, name.replace("probe-", ""), report, at);
  }
  draw();
}

/** The first message goes by itself, as soon as all wires are there: empty plots don't say what they are. */
function raceOnce() {
  if (count === 0 && opened.size === WIRES.length) say();
}

async function say() {
  const text = `${$("words").value.trim() || "Oi"} #${++count}`;
  const at = performance.now();
  const answer = await fetch(addressOf(`messages?room=${control.room}&name=sender`), { method: "POST", body: text });
  if (!answer.ok) return;
  lab.ledger.sent((await answer.json()).id, at);
  tellLosses();
  draw();
}

function repeat(on) {
  clearInterval(repeating);
  repeating = on ? setInterval(say, EVERY_MS) : null;
  $("repeat").setAttribute("aria-pressed", String(on));
}

async function befall(wire, fault) {
  if (!(await control.befall(wire, fault))) journal.add("nobody", wire, performance.now(), { fault });
  draw();
}

async function copy(button) {
  const table = $(button.dataset.copies).querySelector("table");
  try {
    await navigator.clipboard.writeText(asText(table));
    button.textContent = words("lab.copied");
  } catch {
    // Not over plain HTTP from another machine: then it is selected, to be copied by hand.
    getSelection().selectAllChildren(table);
  }
  setTimeout(() => { button.textContent = words("lab.copy"); }, 1_500);
}

/** However much is told, the page is drawn once a frame. */
function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    drawNow();
  });
}

function drawNow() {
  const last = lab.ledger.last();
  $("status").dataset.state = state;
  $("status").textContent = words(`lab.session.${state}`);
  $("again").hidden = state !== "over";
  $("left-out").hidden = leftOut === 0;
  $("left-out").textContent = leftOut ? words("lab.leftOut", { count: leftOut }) : "";
  $("protocol").hidden = !known(came);
  $("protocol").textContent = known(came) ? words(came) : "";
  $("clocks").textContent = words("lab.clocks", { ms: Number.isFinite(control.error) ? ms(control.error) : "–" });
  render(raceTable(lab.ledger), $("race-table"));
  render(histogramTable(lab.ledger), $("histogram-table"));
  render(sumsTable(lab.traffic), $("sums-table"));
  render(sixTable(six), $("six-table"));
  $("six-figures").hidden = six.feeds.length === 0;
  $("six").disabled = state !== "open" || six.running;
  render(journalTable(journal, begun), $("journal"));
  render(legend(), $("story-legend"));
  drawFaults();
  for (const wire of WIRES) render(dump(lab.traffic.of(wire), last?.sentAt ?? begun), $(`dump-${wire}`));
  plots.draw();
}

function drawFaults() {
  render(faultTable(lab, befall), $("faults"));
}

async function begin() {
  try {
    await control.begin();
  } catch (refused) {
    state = refused.message === "too-many" ? "full" : "refused";
    draw();
    return;
  }
  control.listen(REPORTS, reported, over);
  const shared = { room: control.room, resumes: () => $("resume").checked, through: (...how) => control.through(...how) };
  const client = (Kind, wire) => new Kind(shared, (what, more) => told(wire, what, more, performance.now()));
  clients = [client(WebSocketClient, "websocket"), client(EventSourceClient, "sse"), client(FetchClient, "ndjson")];
  clients.forEach((each) => each.connect());
  state = "open";
  for (const id of ["say", "repeat"]) $(id).disabled = false;
  draw();
}

function over() {
  state = "over";
  repeat(false);
  clients.forEach((client) => client.stop());
  for (const id of ["say", "repeat"]) $(id).disabled = true;
  draw();
}

$("speak").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!$("say").disabled) say();
});
$("repeat").addEventListener("click", () => repeat(!repeating));
$("six").addEventListener("click", () => six.run(control.room));
$("resume").addEventListener("change", () => control.letProbeResume($("resume").checked));
$("tls").hidden = location.protocol !== "https:";
$("again").addEventListener("click", () => location.reload());
for (const button of document.querySelectorAll("[data-copies]")) button.addEventListener("click", () => copy(button));
onLanguage(() => {
  plots.redraw();
  draw();
});
// The clocks of faults run on while nothing else happens.
setInterval(() => {
  if (WIRES.some((wire) => lab.traffic.of(wire)?.fault)) drawFaults();
  if (journal.entries.some(({ at }) => performance.now() - at < REACH)) plots.drawStory();
}, TICK_MS);
draw();
begin();
