import { words } from "./i18n.js";
import { badge, nameOf } from "./items.js";
import { html, nothing, repeat } from "./vendor.js";

/** What an operator may do about somebody by pointer. */
const MEASURES = [
  { key: "act.muteFor", act: { type: "mute", time: "10m" } },
  { key: "act.mute", act: { type: "mute" } },
  { key: "act.unmute", act: { type: "unmute" } },
  { key: "act.kick", act: { type: "kick" } },
  { key: "act.banHour", act: { type: "ban", time: "1h" } },
  { key: "act.banDay", act: { type: "ban", time: "1d" } },
];

/**
 * Who is here, and over which wire. Choosing somebody prepares a whisper to them.
 *
 * @param {{whisperTo: (name: string) => void, claim: () => void, release: (() => void) | null, act: ((act: object) => void) | null}} does `release`
 *     is not there for whom a proxy lets in by a name, and `act` for operators alone
 */
export function peopleList({ people, count, me }, does) {
  const more = count - people.length;
  // By name: a menu that is open stays with the person for whom it was opened.
  return html`
    ${repeat(people, ({ name }) => name, (one) => html`<li>${one.name === me ? myself(one, does) : person(one, does)}</li>`)}
    ${more > 0 ? html`<li class="more">${words("room.andMore", { count: more })}</li>` : nothing}`;
}

function myself({ name, via, claimed }, { claim, release }) {
  return html`<span class="person">${nameOf(name)}${mark(claimed)} <span class="you">${words("room.you")}</span> ${badge(via)}</span>
    <button type="button" class="quiet own-name" @click=${claimed && release ? release : claim}>${words(ownName(claimed, release))}</button>`;
}

/** What one can do about one's own name. One that a proxy vouches for is ours anyway: but where there is no proxy it takes a secret. */
function ownName(claimed, release) {
  if (!release) return "room.ownSecret";
  return claimed ? "room.release" : "room.claim";
}

function person({ name, via, claimed }, { whisperTo, act }) {
  return html`<button type="button" class="person" title=${words("room.whisperTo", { name })} @click=${() => whisperTo(name)}>
    ${nameOf(name)}${mark(claimed)} ${badge(via)}</button>${act ? menu(name, act) : nothing}`;
}

function menu(name, act) {
  const title = words("act.menuOf", { name });
  return html`<details class="menu"><summary title=${title}><span aria-hidden="true">⋯</span><span class="visually-hidden">${title}</span></summary>
    <ul class="measures">${MEASURES.map((measure) => html`<li><button type="button"
      @click=${() => act({ ...measure.act, name })}>${words(measure.key)}</button></li>`)}</ul></details>`;
}

/** Of who has shown that the name is theirs. */
function mark(claimed) {
  return claimed ? html`<abbr class="mark" title=${words("room.claimed")}>✓</abbr>` : nothing;
}
