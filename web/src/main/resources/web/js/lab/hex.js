import { words } from "../i18n.js";
import { html, nothing } from "../vendor.js";
import { ms } from "./tables.js";
import { bytesOf, runs } from "./traffic.js";

/** Bytes as hex and as text, line by line, each run of one kind in its look. */

const PER_LINE = 16;
const MOST_BYTES = 768;

const hexOf = (values) => values.map((value) => value.toString(16).padStart(2, "0")).join(" ");
const textOf = (values) => values.map((value) => (value > 0x20 && value < 0x7f ? String.fromCharCode(value) : value === 0x20 ? "␣" : "·")).join("");

function line(bytes, offset) {
  const parts = runs(bytes);
  const missing = PER_LINE - bytes.length;
  return html`<span class="offset">${offset.toString(16).padStart(4, "0")}</span>  ${parts.map(({ kind, bytes: values }, i) =>
    html`${i ? " " : nothing}<span class="kind hex ${kind}">${hexOf(values)}</span>`)}${"   ".repeat(missing)}  ${parts.map(({ kind, bytes: values }) =>
    html`<span class="kind ${kind}">${textOf(values)}</span>`)}\n`;
}

function chunk(piece, since) {
  const bytes = bytesOf(piece);
  const size = piece.spans.reduce((sum, [, length]) => sum + length, 0);
  const shown = bytes.slice(0, MOST_BYTES);
  const lines = Array.from({ length: Math.ceil(shown.length / PER_LINE) }, (_, i) => shown.slice(i * PER_LINE, (i + 1) * PER_LINE));
  const more = size - shown.length;
  return html`<p class="piece"><span aria-hidden="true">${piece.direction === "down" ? "↓" : "↑"}</span>
      ${words(`lab.piece.${piece.direction}`, { count: size, ms: ms(Math.max(0, piece.at - since)) })}</p>
    <pre>${lines.map((values, i) => line(values, i * PER_LINE))}</pre>
    ${more > 0 ? html`<p class="hint">${words("lab.moreBytes", { count: more })}</p>` : nothing}`;
}

/** The pieces that went over a connection since a time. */
export function dump(connection, since) {
  const pieces = connection?.chunks.filter((piece) => piece.at >= since) ?? [];
  return pieces.length ? pieces.map((piece) => chunk(piece, since)) : html`<p class="hint">${words("lab.noBytes")}</p>`;
}
