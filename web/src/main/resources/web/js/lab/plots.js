import { number, words } from "../i18n.js";
import { EDGES, histogram, WIRES } from "./ledger.js";
import { drawStory, REACH } from "./story.js";
import { Plot, PLOT_STYLE } from "./uplot.js";

/**
 * The plots: of the race the arrivals on a time line and how often which delay occurred, both over logarithmic milliseconds; and what
 * happened to each wire in the last minute.
 */

const link = document.createElement("link");
link.rel = "stylesheet";
link.href = PLOT_STYLE;
document.head.append(link);

const SHOWN = 30;
const HEIGHT = 260;
const STORY_HEIGHT = 360;
const DASHES = { websocket: [], sse: [10, 5], ndjson: [3, 4], tcp: [12, 4, 3, 4] };
const FONT = "15px system-ui, sans-serif";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const wireColour = (wire) => colour(`--wire-${wire}`);

/** Without `values` of its own uPlot writes numbers as the browser's language does, which may be another than the page's. */
function axis(more) {
  return { values: (_, splits) => splits.map((value) => number(value)), stroke: colour("--ink"), font: FONT, labelFont: FONT, grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line") }, ...more };
}

const MILLISECONDS = {
  // Only those on the scale: uPlot writes the others beside it, where the canvas ends.
  splits: (_plot, _axis, min, max) => [0.1, 1, 10, 100, 1_000, 10_000, 100_000].filter((ms) => ms >= min && ms <= max),
  values: (_, splits) => splits.map((ms) => (ms < 1_000 ? number(ms) : `${number(ms / 1_000)} s`)),
  size: 40,
};

function width(box) {
  return Math.max(280, box.clientWidth);
}

/** One plot in a box, made anew when the colours or the language change. */
class Drawn {
  constructor(box, options, height = HEIGHT) {
    this.box = box;
    this.options = options;
    this.height = height;
    new ResizeObserver(() => this.plot?.setSize({ width: width(box), height })).observe(box);
  }

  draw(data) {
    if (this.plot) this.plot.setData(data);
    else this.plot = new Plot({ width: width(this.box), height: this.height, ...this.options() }, data, this.box);
  }

  forget() {
    this.plot?.destroy();
    this.plot = null;
  }
}

const lane = (wire) => WIRES.length - WIRES.indexOf(wire);

function timeLineOptions() {
  const dots = (wire, last) => ({
    label: `${words(`lab.wire.${wire}`)}${last ? "" : " (…)"}`, stroke: wireColour(wire), paths: () => null,
    points: { show: true, size: last ? 18 : 9, fill: last ? wireColour(wire) : colour("--surface"), stroke: wireColour(wire), width: 2 },
  });
  return {
    cursor: { show: false }, legend: { show: false },
    scales: {
      x: { time: false, distr: 3, log: 10, range: (_, min, max) => [Math.min(0.5, min ?? 1), Math.max(1_000, max ?? 1)] },
      y: { range: [0.4, WIRES.length + 0.6] },
    },
    axes: [
      axis({ ...MILLISECONDS, label: words("lab.axisDelay"), labelSize: 26 }),
      axis({ size: 130, splits: () => WIRES.map(lane), values: () => WIRES.map((wire) => words(`lab.wire.${wire}`)) }),
    ],
    series: [{}, ...WIRES.map((wire) => dots(wire, false)), ...WIRES.map((wire) => dots(wire, true))],
  };
}

/** A column for each arrival: uPlot wants one x for all series. */
function timeLineData(ledger) {
  const messages = ledger.messages().slice(-SHOWN);
  const points = messages.flatMap((message, i) => WIRES.filter((wire) => message.arrivals[wire]).map((wire) => ({
    x: Math.max(0.1, message.arrivals[wire].at - message.sentAt), wire, last: i === messages.length - 1,
  }))).sort((a, b) => a.x - b.x);
  const series = (last) => WIRES.map((wire) => points.map((point) => (point.wire === wire && point.last === last ? lane(wire) : null)));
  return [points.map((point) => point.x), ...series(false), ...series(true)];
}

function histogramOptions() {
  const steps = Plot.paths.stepped({ align: 1 });
  return {
    cursor: { show: false }, legend: { show: false },
    scales: { x: { time: false, distr: 3, log: 10, range: () => [0.5, 20_000] }, y: { range: (_, min, max) => [0, Math.max(4, max)] } },
    axes: [
      axis({ ...MILLISECONDS, label: words("lab.axisDelay"), labelSize: 26 }),
      axis({ size: 50, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500] }),
    ],
    series: [{}, ...WIRES.map((wire) => ({
      label: words(`lab.wire.${wire}`), stroke: wireColour(wire), width: 3, dash: DASHES[wire], paths: steps, points: { show: false },
    }))],
  };
}

/** Seconds since the page began; the last minute of them, or the first. */
function storyRange(story) {
  const now = (performance.now() - story.begun) / 1_000;
  const reach = REACH / 1_000;
  return [Math.max(0, now - reach), Math.max(reach, now)];
}

function storyOptions(story) {
  const y = { range: [0.4, WIRES.length + 0.75] };
  return {
    cursor: { show: false }, legend: { show: false },
    scales: { x: { time: false, range: () => storyRange(story) }, y },
    axes: [
      axis({ label: words("lab.axisStory"), labelSize: 26, size: 40 }),
      axis({ size: 130, splits: () => WIRES.map(lane), values: () => WIRES.map((wire) => words(`lab.wire.${wire}`)) }),
    ],
    series: [{}, { points: { show: false }, paths: () => null }],
    hooks: { draw: [(plot) => {
      const height = Math.abs(plot.valToPos(1, "y", true) - plot.valToPos(1.5, "y", true));
      drawStory(plot.ctx, { ...story, now: performance.now() }, {
        x: (seconds) => plot.valToPos(seconds, "x", true), y: (wire) => plot.valToPos(lane(wire), "y", true),
        left: plot.bbox.left, height, colour, wireColour,
      });
    }] },
  };
}

export class Plots {
  #timeLine;
  #histogram;
  #story;
  #ledger;

  /** @param {{journal: object, begun: number}} story what happened, and since when */
  constructor(ledger, story, timeLineBox, histogramBox, storyBox) {
    this.#ledger = ledger;
    this.#story = new Drawn(storyBox, () => storyOptions(story), STORY_HEIGHT);
    this.#timeLine = new Drawn(timeLineBox, timeLineOptions);
    this.#histogram = new Drawn(histogramBox, histogramOptions);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw());
  }

  draw() {
    this.#timeLine.draw(timeLineData(this.#ledger));
    this.#histogram.draw([EDGES, ...WIRES.map((wire) => histogram(this.#ledger.delays(wire)))]);
    this.drawStory();
  }

  /** Alone: its time runs on while nothing else happens. */
  drawStory() {
    this.#story.draw([[0, 1], [null, null]]);
  }

  redraw() {
    this.#timeLine.forget();
    this.#histogram.forget();
    this.#story.forget();
    this.draw();
  }
}
