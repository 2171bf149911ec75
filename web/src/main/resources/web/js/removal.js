import { words } from "./i18n.js";
import { html } from "./vendor.js";

/** How an operator takes a message away by pointer and by keyboard: each message has a menu. */

const MENUS = ".message > .menu > summary";

/** Whether there is a message in the room to be taken away: one that is kept. */
export function isRemovable({ kind, id }) {
  return kind === "message" && id !== undefined;
}

/**
 * The menu of a message. Of a thousand, Tab stops at that of the latest alone, or it would take a thousand to get past them; the arrows
 * lead from one to the next. Whoever listens to the conversation is not told of each.
 *
 * @param {{menu: "latest" | "other", remove: (id: string) => void}} options
 */
export function messageMenu({ id, by }, { menu, remove }) {
  const title = words("act.menuOfMessage", { name: `\u2068${by}\u2069` });
  return html`<details class="menu" aria-live="off" @toggle=${({ target }) => target.open && target.scrollIntoView({ block: "nearest" })}><summary title=${title} tabindex=${menu === "latest" ? 0 : -1}
      aria-keyshortcuts="ArrowUp ArrowDown" @keydown=${walk}><span aria-hidden="true">⋯</span><span class="visually-hidden">${title}</span></summary>
    <ul class="measures"><li><button type="button" @click=${() => remove(id)}>${words("act.remove")}</button></li></ul></details>`;
}

function walk(event) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step) return;
  // It does not scroll as well.
  event.preventDefault();
  const menus = [...event.currentTarget.closest(".items").querySelectorAll(MENUS)];
  menus[menus.indexOf(event.currentTarget) + step]?.focus();
}
