// Draws the plots, and lets the reader choose language and colours. The tables are in the page already and need none of this.
/* global uPlot */

const root = document.documentElement;
const plots = JSON.parse(document.getElementById("plots").textContent);
const HEIGHT = 320;
const FONT = "16px system-ui, sans-serif";
const LINE = 24; // uPlot sets lines that far apart
const STEEP = 90;
const COUNTS = [1, 2, 5].flatMap((step) => [step, step * 10, step * 100, step * 1e3, step * 1e4, step * 1e5, step * 1e6]).sort((a, b) => a - b);
const DASHES = { websocket: [], sse: [12, 5], tcp: [12, 4, 3, 4], ndjson: [3, 4], "long-poll": [20, 6] };

/** A colour as a canvas takes it: it can't read light-dark(). */
function colour(name) {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

const shown = () => document.querySelector(".report:not([hidden])");
const numbers = () => new Intl.NumberFormat(root.lang === "pt" ? "pt-BR" : "en", { maximumSignificantDigits: 6 });

function axis(more) {
  return { stroke: colour("--ink"), font: FONT, labelFont: FONT, labelSize: 26, grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line") }, ...more };
}

function legend(box, entries) {
  const list = document.createElement("ul");
  list.className = "legend";
  for (const { name, stroke, dash } of entries) {
    const item = document.createElement("li");
    const sample = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    for (const [key, value] of Object.entries({ x1: "0", x2: "100%", y1: "50%", y2: "50%", stroke,
      "stroke-width": dash ? "3" : "100%", "stroke-dasharray": dash?.join(" ") ?? "" })) line.setAttribute(key, value);
    sample.append(line);
    sample.setAttribute("aria-hidden", "true");
    item.append(sample, name);
    list.append(item);
  }
  box.append(list);
}

const ruler = document.createElement("canvas").getContext("2d");
function length(text) {
  ruler.font = FONT;
  return ruler.measureText(text).width;
}

/** A label in lines that are no longer than there is room; null if a word of it is. */
function wrapped(label, room) {
  const lines = [];
  for (const paragraph of label.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (length(word) > room) return null;
      if (line && length(`${line} ${word}`) > room) {
        lines.push(line);
        line = word;
      } else line = line ? `${line} ${word}` : word;
    }
    lines.push(line);
  }
  return lines.join("\n");
}

/** Labels below their bars: in lines if they fit, else on end. */
function names(labels, room) {
  const lines = labels.map((label) => wrapped(label, room));
  if (!lines.includes(null)) return { values: lines, rotate: 0, size: 16 + Math.max(...lines.map((label) => label.split("\n").length)) * LINE };
  const long = labels.map((label) => label.replace("\n", ": "));
  return { values: long, rotate: -STEEP, size: 32 + Math.max(...long.map(length)) };
}

/** Parts lie on each other: uPlot draws sums, the highest first, and each lower one over it. */
function bars(box, plot, width) {
  const sums = [];
  plot.parts.forEach((part, i) => sums.push(part.values.map((value, bar) => value + (i ? sums[i - 1][bar] : 0))));
  const fill = (i) => colour(`--part-${i % 5}`);
  const highest = Math.max(...sums.at(-1), 1e-9);
  const whole = sums.at(-1).every(Number.isInteger);
  const below = names(plot.labels, (width - 96) / (plot.labels.length + 0.2) - 6);
  const options = {
    width, height: HEIGHT - 16 - LINE + below.size, cursor: { show: false }, legend: { show: false }, padding: [28, 12, 0, 0],
    scales: { x: { time: false, range: () => [-0.6, plot.labels.length - 0.4] }, y: { range: () => [0, highest * 1.08] } },
    axes: [
      axis({ splits: () => plot.labels.map((_, i) => i), values: () => below.values,
        grid: { show: false }, rotate: below.rotate, size: below.size }),
      axis({ label: plot.unit, size: 84, values: (_, splits) => splits.map((value) => numbers().format(value)), ...(whole && { incrs: COUNTS }) }),
    ],
    series: [{}, ...sums.map((_, i) => sums.length - 1 - i).map((i) => ({
      label: plot.parts[i].name, fill: fill(i), stroke: fill(i), width: 0,
      paths: uPlot.paths.bars({ size: [0.6, 90] }), points: { show: false },
    }))],
    hooks: { draw: [(u) => totals(u, sums.at(-1), plot.totals)] },
  };
  new uPlot(options, [plot.labels.map((_, i) => i), ...sums.toReversed()], box);
  if (plot.parts.length > 1) legend(box, plot.parts.map((part, i) => ({ name: part.name, stroke: fill(i) })));
}

function totals(u, heights, texts) {
  const { ctx } = u;
  const step = u.valToPos(1, "x", true) - u.valToPos(0, "x", true);
  ctx.save();
  ctx.font = `${16 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.fillStyle = colour("--ink");
  ctx.textAlign = "center";
  ctx.textBaseline = "bottom";
  texts.forEach((text, i) => ctx.fillText(text, u.valToPos(i, "x", true), u.valToPos(heights[i], "y", true) - 4, step * 0.98));
  ctx.restore();
}

/** Percentiles by their nines, 0, 90, 99, 99.9, so that the slow ones have room. */
const nines = (percentile) => -Math.log10(1 - percentile / 100);

function curves(box, plot, width) {
  const last = Math.max(1, ...plot.curves.map((curve) => Math.log10(curve.count)));
  const tables = plot.curves.map((curve) => {
    const points = curve.percentiles.map((percentile, i) => [Math.min(last, nines(Math.min(percentile, 100))), curve.millis[i]]);
    const rising = points.filter(([x], i) => i === points.length - 1 || x < points[i + 1][0]);
    return [rising.map(([x]) => x), rising.map(([, y]) => Math.max(y, 0.01))];
  });
  const ticks = [0, 50, 90, 99, 99.9, 99.99, 99.999].filter((percentile) => nines(percentile) <= last);
  const stroke = (curve) => colour(`--wire-${curve.wire}`);
  const options = {
    width, height: HEIGHT + 60, cursor: { show: false }, legend: { show: false }, padding: [12, 24, 0, 0],
    scales: { x: { time: false, range: () => [0, last] }, y: { distr: 3, log: 10 } },
    axes: [
      axis({ label: plot.across, splits: () => ticks.map(nines), values: () => ticks.map((tick) => numbers().format(tick)), size: 40 }),
      axis({ label: plot.unit, size: 70, filter: (_, splits) => splits.map((value) => (/^[125]/.test(value.toExponential()) ? value : null)),
        values: (_, splits) => splits.map((value) => (value === null ? "" : numbers().format(value))) }),
    ],
    series: [{}, ...plot.curves.map((curve) => ({ label: curve.name, stroke: stroke(curve), width: 3, dash: DASHES[curve.wire],
      spanGaps: true, points: { show: false } }))],
  };
  new uPlot(options, uPlot.join(tables), box);
  legend(box, plot.curves.map((curve) => ({ name: curve.name, stroke: stroke(curve), dash: DASHES[curve.wire] })));
}

function draw() {
  for (const section of shown().querySelectorAll("section[data-section]")) {
    for (const box of section.querySelectorAll(".plot")) {
      const plot = plots[root.lang][section.dataset.section][Number(box.dataset.plot)];
      box.replaceChildren();
      const width = Math.max(280, box.clientWidth);
      if (plot.kind === "bars") bars(box, plot, width);
      else curves(box, plot, width);
    }
  }
}

function speak(language) {
  const before = shown();
  const place = [...before.querySelectorAll("section[data-section]")].find((section) => section.getBoundingClientRect().bottom > 0);
  root.lang = language;
  for (const report of document.querySelectorAll(".report")) report.hidden = report.lang !== language;
  document.title = shown().querySelector("h1").textContent;
  draw();
  if (scrollY > 0 && place) shown().querySelector(`[data-section="${place.dataset.section}"]`).scrollIntoView();
  shown().querySelector(`[data-language="${language}"]`).focus({ preventScroll: true });
}

function paint(theme) {
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const select of document.querySelectorAll(".theme")) select.value = theme;
  draw();
}

/** As spreadsheets take it: a line a row, cells between tabs. */
async function copy(button) {
  const rows = [...button.closest(".table").querySelector("table").rows];
  const text = rows.map((row) => [...row.cells].map((cell) => cell.innerText.replaceAll("\n", "; ")).join("\t")).join("\n");
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.copied;
  } catch {
    button.textContent = button.dataset.failed;
  }
  setTimeout(() => (button.textContent = label), 2_000);
}

for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => speak(button.dataset.language));
for (const select of document.querySelectorAll(".theme")) select.addEventListener("change", () => paint(select.value));
for (const button of document.querySelectorAll(".copy")) button.addEventListener("click", () => copy(button));

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
let width = innerWidth;
addEventListener("resize", () => {
  if (innerWidth !== width) draw();
  width = innerWidth;
});
// Paper is white whatever the screen is.
let chosen = "auto";
addEventListener("beforeprint", () => {
  chosen = root.dataset.theme ?? "auto";
  paint("light");
});
addEventListener("afterprint", () => paint(chosen));

draw();
