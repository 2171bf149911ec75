import { addressee, codePoints, MAX_CODE_POINTS, whisperTo } from "./commands.js";
import { words } from "./i18n.js";

const SHOW_LEFT_BELOW = 200;
const MAX_ROWS = 8;

/** Where one writes. Enter sends, Shift+Enter starts a new line; what is too long can't be sent. */
export class Composer {
  #form;
  #text;
  #send;
  #hint;
  #names;

  /**
   * @param {HTMLFormElement} form with a textarea, a button and a `.hint`
   * @param {{send: (written: string) => void, names: () => string[]}} owner
   */
  constructor(form, { send, names }) {
    this.#form = form;
    this.#text = form.querySelector("textarea");
    this.#send = form.querySelector("button");
    this.#hint = form.querySelector(".hint");
    this.#names = names;
    this.#text.addEventListener("input", () => this.refresh());
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

  /** Begins a whisper, and keeps what was already written as its text. */
  startWhisper(name) {
    const { value } = this.#text;
    this.#text.value = whisperTo(name) + (value.startsWith("/") ? "" : value);
    this.refresh();
    this.focus();
  }

  clear() {
    this.#text.value = "";
    this.refresh();
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
    this.#hint.textContent = hint(left, to);
    this.#hint.dataset.about = left < SHOW_LEFT_BELOW || to ? "text" : "keys";
  }

  #submit(send) {
    if (this.#send.disabled) return;
    const written = this.#text.value;
    this.clear();
    send(written);
  }
}

function hint(left, to) {
  if (left < 0) return words("composer.over", { count: -left });
  if (left < SHOW_LEFT_BELOW) return words("composer.left", { count: left });
  // The name is isolated (Unicode FSI … PDI): one of the other direction must not reorder the sentence.
  if (to) return words("composer.private", { name: `\u2068${to}\u2069` });
  return words("composer.hint");
}
