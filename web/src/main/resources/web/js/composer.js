import { addressee, codePoints, holdsSecret, MAX_CODE_POINTS, read, whisperTo } from "./commands.js";
import { when } from "./deeds.js";
import { words } from "./i18n.js";
import { Memory } from "./memory.js";

const SHOW_LEFT_BELOW = 200;
const MAX_ROWS = 8;

/**
 * Where one writes. Enter sends, Shift+Enter starts a new line; what is too long can't be sent. What stands there is a draft: the
 * tab remembers one for each room, until it is sent.
 */
export class Composer {
  #form;
  #text;
  #send;
  #hint;
  #names;
  #hush = null;
  #room = null;
  #draft = null; // where the tab remembers it; null between two rooms

  /**
   * @param {HTMLFormElement} form with a textarea, a button and a `.hint`
   * @param {{send: (written: string) => boolean, names: () => string[]}} owner `send` tells whether it was taken
   */
  constructor(form, { send, names }) {
    this.#form = form;
    this.#text = form.querySelector("textarea");
    this.#send = form.querySelector("button");
    this.#hint = form.querySelector(".hint");
    this.#names = names;
    this.#text.addEventListener("input", () => this.#written());
    this.#text.addEventListener("keydown", (event) => {
      // While an input method composes a character, Enter chooses it.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(send);
    });
  }

  focus() {
    this.#text.focus();
  }

  /** Whether what one says here is refused, and why: `{ reason, until }` or null. */
  hush(hush) {
    if (hush === this.#hush) return;
    this.#hush = hush;
    this.refresh();
  }

  /** Takes up the room's draft. What was written on the way into it stays, after that. */
  enter(room) {
    if (room === this.#room) return;
    const onTheWay = this.#room === null ? this.#text.value : "";
    this.#room = room;
    this.#draft = new Memory("sessionStorage", `prosa.draft.${room}`);
    this.#write([this.#draft.load(), onTheWay].filter(Boolean).join("\n"));
  }

  /** The field is empty, and the room's draft is kept for when one comes back. */
  leave() {
    this.#room = null;
    this.#draft = null;
    this.#write("");
  }

  /** Puts back what was refused, unless something else was begun meanwhile. */
  giveBack(written) {
    if (!this.#text.value) this.#write(written);
  }

  /** Begins a whisper, and keeps what was already written as its text. */
  startWhisper(name) {
    const { value } = this.#text;
    const { verb, text } = read(value, this.#names());
    const isCommand = !["say", "whisper", "unknown"].includes(verb);
    this.#write(whisperTo(name) + (isCommand ? "" : verb === "whisper" ? text : value));
    this.focus();
  }

  /** Shows what is worth knowing about the text: how much is left, or who alone will see it. */
  refresh() {
    const written = this.#text.value;
    const left = MAX_CODE_POINTS - codePoints(written);
    const to = addressee(written, this.#names());
    this.#send.disabled = left < 0 || !written.trim();
    this.#text.setAttribute("aria-invalid", String(left < 0));
    this.#text.rows = Math.min(MAX_ROWS, written.split("\n").length);
    this.#form.dataset.private = String(Boolean(to));
    // A browser may ask somebody else how a word is spelt.
    this.#text.spellcheck = !holdsSecret(written);
    this.#form.dataset.hushed = String(Boolean(this.#hush));
    const text = hint(left, to, this.#hush);
    // Written only when it changes: each write is read out.
    if (this.#hint.textContent !== text) this.#hint.textContent = text;
    this.#hint.dataset.about = left < SHOW_LEFT_BELOW || to || this.#hush ? "text" : "keys";
  }

  #write(text) {
    this.#text.value = text;
    this.#written();
  }

  #written() {
    const written = this.#text.value;
    if (written && !holdsSecret(written)) this.#draft?.save(written);
    else this.#draft?.forget();
    this.refresh();
  }

  #submit(send) {
    if (this.#send.disabled) return;
    const written = this.#text.value;
    this.#write("");
    if (!send(written)) this.giveBack(written);
  }
}

function hint(left, to, hush) {
  if (left < 0) return words("composer.over", { count: -left });
  if (left < SHOW_LEFT_BELOW) return words("composer.left", { count: left });
  // The name is isolated (Unicode FSI … PDI): one of the other direction must not reorder the sentence.
  if (to) return words("composer.private", { name: `\u2068${to}\u2069` });
  if (hush?.reason === "banned") return words("composer.banned");
  if (hush) return hush.until ? words("composer.mutedUntil", { until: when(hush.until) }) : words("composer.muted");
  return words("composer.hint");
}
