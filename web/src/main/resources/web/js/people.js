import { words } from "./i18n.js";
import { badge, nameOf } from "./items.js";
import { html, nothing } from "./vendor.js";

/** Who is here, and over which wire. Choosing somebody prepares a whisper to them. */
export function peopleList({ people, count, me }, whisperTo) {
  const more = count - people.length;
  return html`
    ${people.map(({ name, via }) => html`<li>${name === me ? myself(name, via) : person(name, via, whisperTo)}</li>`)}
    ${more > 0 ? html`<li class="more">${words("room.andMore", { count: more })}</li>` : nothing}`;
}

function myself(name, via) {
  return html`<span class="person">${nameOf(name)} <span class="you">${words("room.you")}</span> ${badge(via)}</span>`;
}

function person(name, via, whisperTo) {
  return html`<button type="button" class="person" title=${words("room.whisperTo", { name })} @click=${() => whisperTo(name)}>
    ${nameOf(name)} ${badge(via)}</button>`;
}
