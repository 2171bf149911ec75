import { number, words } from "../i18n.js";
import { html, nothing } from "../vendor.js";
import { BEGINNING } from "./clients.js";
import { WIRES } from "./ledger.js";
import { LEGEND, MARKS } from "./story.js";
import { ms, wireName } from "./tables.js";

/** The fault buttons, how things stand on each wire, and what has happened. */

export const FAULTS = ["cut", "stall", "throttle", "half-open", "buffer", "buffer-heeding", "heal"];
const KEPT = 200;

export class Journal {
  entries = [];

  /** @param {object} values for the words `lab.log.KEY` */
  add(key, wire, at, values = {}) {
    this.entries.push({ number: (this.entries.at(-1)?.number ?? 0) + 1, key, wire, at, values });
    if (this.entries.length > KEPT) this.entries.shift();
  }
}

const seconds = (milliseconds) => ms(milliseconds / 1_000);

function noticed(fault, side, now) {
  const at = fault[side];
  return at === null
    ? html`<span class="unnoticed">${words(`lab.unnoticed.${side}`, { s: seconds(Math.max(0, now - fault.at)) })}</span>`
    : words(`lab.noticed.${side}`, { s: seconds(Math.max(0, at - fault.at)) });
}

/** What a fault does to whom, with clocks that run as long as nobody has noticed. */
function standing(connection, now) {
  const fault = connection?.fault;
  if (!fault) return nothing;
  const kept = connection.sent.down - connection.arrived.down;
  return html`<p class="standing"><strong>${words(`lab.fault.${fault.name}`)}</strong> ·
      ${noticed(fault, "client", now)} · ${noticed(fault, "server", now)}
      ${kept > 0 ? html` · ${words("lab.kept", { count: kept })}` : nothing}</p>
    ${fault.name === "cut" ? nothing : html`<p class="hint">${words(`lab.explain.${fault.name}`)}</p>`}`;
}

function balance({ arrived, replayed, doubled, lost, waiting }) {
  return html`<dl class="balance">
    ${[["arrived", arrived], ["replayed", replayed], ["waiting", waiting], ["lost", lost.length], ["doubled", doubled]].map(([name, count]) =>
      html`<div data-name=${name} data-count=${count}><dt>${words(`lab.balance.${name}`)}</dt><dd>${number(count)}</dd></div>`)}</dl>`;
}

export function faultTable(lab, press) {
  const now = performance.now();
  return WIRES.map((wire) => {
    const connection = lab.traffic.of(wire);
    const state = lab.states.get(wire) ?? "connecting";
    return html`<section class="wire-faults" data-wire=${wire}
        aria-label=${words("lab.faultsOf", { wire: wireName(wire) })}>
      <h3><span class="swatch ${wire}" aria-hidden="true"></span>${wireName(wire)}
        <span class="state" data-state=${state}>${words(`lab.state.${state}`)}</span></h3>
      <div class="buttons">
        ${FAULTS.map((fault) => html`<button type="button" class="quiet" data-fault=${fault}
          aria-pressed=${String(connection?.fault?.name === fault && !connection.closedAt)}
          @click=${() => press(wire, fault)}>${words(`lab.fault.${fault}`)}</button>`)}
      </div>
      ${standing(connection, now)}
      ${balance(lab.ledger.balance(wire))}
    </section>`;
  });
}

/** The figures beside the time line, the newest first. */
export function journalTable(journal, begun) {
  return html`<table>
    <caption>${words("lab.journal")}</caption>
    <thead><tr><th scope="col">s</th><th scope="col">${words("lab.wire")}</th><th scope="col">${words("lab.event")}</th></tr></thead>
    <tbody>${[...journal.entries].reverse().map(({ key, wire, at, values }) => html`<tr data-key=${key} data-wire=${wire}>
      <td>${seconds(Math.max(0, at - begun))}</td>
      <th scope="row"><span class="swatch ${wire}" aria-hidden="true"></span>${wireName(wire)}</th>
      <td>${words(`lab.log.${key}`, written(values))}</td></tr>`)}</tbody>
  </table>`;
}

export function legend() {
  return LEGEND.map((key) => html`<li><strong class="sign ${key}">${MARKS[key].sign}</strong> ${words(`lab.mark.${key}`)}</li>`);
}

/** Durations as seconds; faults and places in the reader's language. */
function written(values) {
  const { took, fault, id, ...rest } = values;
  return {
    ...rest,
    id: id === BEGINNING ? words("lab.beginning") : id,
    ...(took === undefined ? {} : { s: seconds(took) }),
    ...(fault === undefined ? {} : { fault: words(`lab.fault.${fault}`) }),
  };
}
