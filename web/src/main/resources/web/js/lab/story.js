import { words } from "../i18n.js";
import { WIRES } from "./ledger.js";

/** What happened to each wire, as its time line tells it: how long a fault lasted, how long nothing was connected, and what came of it. */

/** How far back the time line reaches, in milliseconds. */
export const REACH = 60_000;

const BEGINS = { fault: "fault", clientNoticed: "away", clientEnded: "away" };
const ENDS = { healed: ["fault"], resumed: ["fault", "away"], returned: ["fault", "away"] };

/** Each mark with its sign and its colour: a letter tells a side, a shape what became of a message or of the connection. */
export const MARKS = {
  fault: { sign: "▼", colour: "--danger", place: "over" },
  healed: { sign: "△", colour: "--ok", place: "middle" },
  clientNoticed: { sign: "C", colour: "--ink", place: "above" },
  clientEnded: { sign: "C", colour: "--ink", place: "above" },
  serverNoticed: { sign: "S", colour: "--ink", place: "below" },
  serverEnded: { sign: "S", colour: "--ink", place: "below" },
  resumed: { sign: "▲", colour: "--ok", place: "middle" },
  returned: { sign: "▲", colour: "--danger", place: "middle" },
  replayed: { sign: "●", colour: "--ok", place: "below" },
  gone: { sign: "✕", colour: "--danger", place: "below" },
  doubled: { sign: "2", colour: "--danger", place: "below" },
};

/** Of a sign, in heights of a stretch below the middle: what happens at one moment must not lie on each other. */
const PLACE = { over: -0.85, above: -0.3, middle: 0, below: 0.3 };

/** Those that the legend explains. */
export const LEGEND = ["fault", "clientNoticed", "serverNoticed", "resumed", "replayed", "gone"];

/**
 * The stretches of a wire: of a `fault` (with its name), and of being `away`, which is without a connection. What has not ended goes
 * on until now.
 */
export function stretches(entries, wire, now) {
  const open = {};
  const found = [];
  const end = (what, at) => {
    if (!open[what]) return;
    found.push({ what, name: open[what].name, from: open[what].at, to: at });
    delete open[what];
  };
  for (const { key, at, values } of entries.filter((entry) => entry.wire === wire)) {
    const what = BEGINS[key];
    if (what === "fault") end("fault", at); // another one takes its place
    if (what) open[what] ??= { at, name: values.fault };
    for (const ended of ENDS[key] ?? []) end(ended, at);
  }
  for (const what of Object.keys(open)) end(what, now);
  return found;
}

/** What is drawn over uPlot's axes. `x` takes seconds and `y` a wire to the canvas. */
export function drawStory(context, { journal, begun, now }, { x, y, left, height, colour, wireColour }) {
  const seconds = (at) => x((at - begun) / 1_000);
  const scale = devicePixelRatio;
  context.save();
  context.textBaseline = "middle";
  for (const wire of WIRES) {
    const found = stretches(journal.entries, wire, now);
    const middle = y(wire);
    context.fillStyle = colour("--danger-ground");
    context.strokeStyle = colour("--danger");
    context.lineWidth = scale;
    for (const { from, to } of found.filter(({ what }) => what === "fault")) {
      const start = Math.max(left, seconds(from));
      context.fillRect(start, middle - height / 2, seconds(to) - start, height);
      context.strokeRect(start, middle - height / 2, seconds(to) - start, height);
    }
    line(context, found.filter(({ what }) => what === "away"), { start: Math.max(left, seconds(begun)), end: seconds(now), middle, seconds });
    context.lineWidth = 3 * scale;
    context.strokeStyle = wireColour(wire);
    context.stroke();
    signs(context, journal.entries.filter((entry) => entry.wire === wire && seconds(entry.at) >= left), { seconds, middle, height, colour, scale });
  }
  context.restore();
}

/** The connection, with holes where there is none. */
function line(context, away, { start, end, middle, seconds }) {
  context.beginPath();
  context.moveTo(start, middle);
  for (const { from, to } of away) {
    context.lineTo(Math.max(start, seconds(from)), middle);
    context.moveTo(Math.max(start, seconds(to)), middle);
  }
  context.lineTo(end, middle);
}

function signs(context, entries, { seconds, middle, height, colour, scale }) {
  for (const { key, at, values } of entries) {
    const mark = MARKS[key];
    if (!mark) continue;
    context.fillStyle = colour(mark.colour);
    context.font = `700 ${15 * scale}px system-ui, sans-serif`;
    context.textAlign = key === "fault" ? "left" : "center";
    const name = key === "fault" ? ` ${words(`lab.fault.${values.fault}`)}` : "";
    context.fillText(mark.sign + name, seconds(at), middle + height * PLACE[mark.place]);
  }
}
