import { deed, when } from "./deeds.js";
import { words } from "./i18n.js";
import { nameOf } from "./items.js";
import { html, nothing, render, repeat } from "./vendor.js";

/** What only an operator is told: who is banned, what operators did, and the key of a room that they closed. In a dialog, and nowhere else. */
export class Answers {
  #dialog;
  #title;
  #body;
  #act;
  #shown = null; // the event whose answer is seen

  /**
   * @param {HTMLDialogElement} dialog with a `.title` and a `.body`
   * @param {(act: object) => void} act asks the server for something more
   */
  constructor(dialog, act) {
    this.#dialog = dialog;
    this.#title = dialog.querySelector(".title");
    this.#body = dialog.querySelector(".body");
    this.#act = act;
    // What was shown once is not there any more.
    dialog.addEventListener("close", () => {
      this.#shown = null;
      render(nothing, this.#body);
    });
  }

  /** Shows what the server says, if it is one of these. */
  heard(event) {
    if (Object.hasOwn(shows, event.type)) this.#show(event);
    // The list is not the same any more.
    else if (event.type === "done" && event.act === "unban" && this.#shown?.type === "bans") this.#act({ type: "bans" });
  }

  #show(event) {
    this.#shown = event;
    const { title, body } = shows[event.type](event, this.#act);
    this.#title.textContent = title;
    render(body, this.#body);
    if (!this.#dialog.open) this.#dialog.showModal();
    // What had the focus may have gone with what it was about.
    if (!this.#dialog.contains(document.activeElement)) this.#title.focus();
  }
}

const shows = {
  closed: ({ room, roomKey }) => ({
    title: words("key.title", { room: `#${room}` }),
    body: html`<p>${words("key.lead")}</p>
      <p class="copied"><input id="shown-key" readonly spellcheck="false" autocomplete="off" aria-label=${words("key.key")} .value=${roomKey}>
      <button type="button" class="quiet" autofocus @click=${copy}>${words("key.copy")}</button></p>`,
  }),
  bans: ({ bans }, act) => ({
    title: words("bans.title"),
    body: bans.length === 0 ? html`<p>${words("bans.none")}</p>` : html`<ul class="list">
      ${repeat(bans, whom, (ban) => html`<li><p><strong class="whom">${whom(ban)}</strong>
        ${words("bans.ban", { by: isolated(ban.by), until: when(ban.until) })}</p>
        <button type="button" class="quiet" aria-label=${words("bans.liftOf", { name: whom(ban) })}
          @click=${() => act({ type: "unban", address: ban.address, name: ban.name })}>${words("bans.lift")}</button></li>`)}</ul>`,
  }),
  acts: ({ acts }) => ({
    title: words("acts.title"),
    body: acts.length === 0 ? html`<p>${words("acts.none")}</p>` : html`<ol class="list">
      ${acts.toReversed().map((one) => html`<li><p><time datetime=${one.at}>${when(one.at)}</time>
        <span class="room-tag">#${one.room}</span> ${deed(one, nameOf)}</p></li>`)}</ol>`,
  }),
};

function whom({ address, name }) {
  return address ? `@${address}` : name;
}

/** A name within a sentence that is text alone: one of the other direction must not reorder it. */
function isolated(name) {
  return `\u2068${name}\u2069`;
}

async function copy({ currentTarget: button }) {
  const field = document.getElementById("shown-key");
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = words("key.copied");
  } catch {
    // Not over plain HTTP from another machine: then it is selected, to be copied by hand.
    field.select();
  }
}
