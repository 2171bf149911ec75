import { words } from "./i18n.js";

/** Shows the secret of a name, once, for who wants to keep it elsewhere than in this browser. */
export class SecretBox {
  #box;
  #title;
  #secret;
  #copy;
  #name = "";

  /** @param {HTMLDialogElement} box with a title, a field and two buttons */
  constructor(box) {
    this.#box = box;
    this.#title = box.querySelector("h2");
    this.#secret = box.querySelector("input");
    this.#copy = box.querySelector("[data-does=copy]");
    this.#copy.addEventListener("click", () => this.#copyIt());
    box.querySelector("[data-does=close]").addEventListener("click", () => box.close());
    box.addEventListener("close", () => (this.#secret.value = ""));
  }

  show(name, secret) {
    this.#name = name;
    this.#secret.value = secret;
    this.refresh();
    if (!this.#box.open) this.#box.showModal();
    this.#secret.select();
  }

  /** The language may be another one. */
  refresh() {
    this.#title.textContent = words("claim.title", { name: `\u2068${this.#name}\u2069` });
    this.#copy.textContent = words("claim.copy");
  }

  async #copyIt() {
    this.#secret.select();
    try {
      await navigator.clipboard.writeText(this.#secret.value);
    } catch {
      // Without HTTPS, and on another machine, a page has no clipboard; what is selected can be copied all the same.
      document.execCommand("copy");
    }
    this.#copy.textContent = words("claim.copied");
  }
}
