import { number, words } from "../i18n.js";
import { html } from "../vendor.js";
import { EDGES, histogram, percentile, WIRES } from "./ledger.js";
import { KINDS } from "./traffic.js";

/** The figures beside the plots, as tables that can be copied. */

export function ms(value) {
  if (value === undefined) return "–";
  return number(value, value < 100 ? 1 : 0);
}

export const wireName = (wire) => words(`lab.wire.${wire}`);

/** A table whose first column names its rows. */
function table(caption, heads, rows) {
  return html`<table>
    <caption>${caption}</caption>
    <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>${rows.map(([name, ...cells]) => html`<tr data-row=${name.key ?? name}>
      <th scope="row">${name.text ?? name}</th>${cells.map((cell) => html`<td>${typeof cell === "number" ? number(cell) : cell}</td>`)}</tr>`)}</tbody>
  </table>`;
}

const row = (wire) => ({ key: wire, text: html`<span class="swatch ${wire}" aria-hidden="true"></span>${wireName(wire)}` });

export function raceTable(ledger) {
  const last = ledger.last();
  return table(words("lab.raceTable"),
    [words("lab.wire"), words("lab.last"), words("lab.count"), "p50", "p99", words("lab.max")],
    WIRES.map((wire) => {
      const delays = ledger.delays(wire);
      const arrival = last?.arrivals[wire];
      return [row(wire), arrival ? ms(arrival.at - last.sentAt) : "–", delays.length,
        ms(percentile(delays, 0.5)), ms(percentile(delays, 0.99)), ms(percentile(delays, 1))];
    }));
}

export function histogramTable(ledger) {
  const counts = WIRES.map((wire) => histogram(ledger.delays(wire)));
  const used = EDGES.map((_, i) => i).filter((i) => counts.some((count) => count[i] > 0));
  return table(words("lab.histogramTable"), [words("lab.from"), ...WIRES.map(wireName)],
    used.map((i) => [ms(EDGES[i]), ...counts.map((count) => count[i])]));
}

export function sumsTable(traffic) {
  return table(words("lab.sumsTable"),
    [words("lab.wire"), ...KINDS.map((kind) => words(`lab.kind.${kind}`)), words("lab.down"), words("lab.up")],
    WIRES.map((wire) => {
      const found = traffic.of(wire);
      return [row(wire), ...KINDS.map((kind) => (found ? found.down[kind] + found.up[kind] : 0)),
        found?.arrived.down ?? 0, found?.arrived.up ?? 0];
    }));
}

export function sixTable(six) {
  const { closed, answered } = six.request;
  const what = closed === undefined ? "lab.sixAnswered" : "lab.sixAnsweredLate";
  const feeds = six.feeds.map(({ openedAfter }, i) => [{ key: `feed-${i + 1}`, text: words("lab.sixFeed", { number: i + 1 }) },
    openedAfter === undefined ? words("lab.sixWaits") : words("lab.sixOpened", { ms: ms(openedAfter) })]);
  const request = [{ key: "request", text: words("lab.sixRequest") },
    answered === undefined ? words("lab.sixWaits") : words(what, { ms: ms(answered), count: closed })];
  return table(words("lab.sixTable"), [words("lab.sixWhat"), words("lab.sixHow")], six.feeds.length ? [...feeds, request] : []);
}

/** What a table shows, with tabs between its cells: spreadsheets take it as it is. */
export function asText(element) {
  return [...element.querySelectorAll("tr")]
    .map((line) => [...line.cells].map((cell) => cell.innerText.trim()).join("\t")).join("\n");
}
