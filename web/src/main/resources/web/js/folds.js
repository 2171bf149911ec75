/**
 * Which texts are folded: one message must not push the conversation out of sight. How tall a text is only its layout tells, so
 * each is measured once it is there, against the height that the style sheet allows, and all of them when the window changes.
 */
export class Folds {
  #states = new Map(); // by the item's number: "folded" or "open"
  #measured = new WeakSet();
  #size = "";
  #scroll;
  #changed;

  /**
   * @param {Element} box that holds the texts
   * @param {Scroll} scroll of that box
   * @param {() => void} changed
   */
  constructor(box, scroll, changed) {
    this.#scroll = scroll;
    this.#changed = changed;
    new ResizeObserver(() => this.#resized(`${box.clientWidth} ${innerHeight}`)).observe(box);
  }

  /** "folded", "open", or undefined for what needs no folding. */
  of(number) {
    return this.#states.get(number);
  }

  /** @param {Element} button that was pressed */
  toggle(number, button) {
    const opens = this.of(number) === "folded";
    this.#states.set(number, opens ? "open" : "folded");
    this.#scroll.stay();
    this.#changed();
    // What is folded again is shorter: one must not lose sight of where one was.
    if (!opens) requestAnimationFrame(() => button.scrollIntoView({ block: "nearest" }));
  }

  /** Another conversation begins, whose numbers begin anew. */
  forget() {
    this.#states.clear();
    this.#measured = new WeakSet();
  }

  /** Looks at the texts that have not been looked at. Returns whether any is to be drawn otherwise. */
  measure(list) {
    // All is read before anything is written: the page is laid out once.
    const fresh = [...list.querySelectorAll(".text")].filter((text) => !this.#measured.has(text));
    const found = fresh.map((text) => ({ number: Number(text.dataset.number), tall: text.scrollHeight > text.clientHeight + 1 }));
    fresh.forEach((text) => this.#measured.add(text));
    return found.filter(({ number, tall }) => this.#fold(number, tall)).length > 0;
  }

  #resized(size) {
    if (size === this.#size) return;
    this.#size = size;
    this.#measured = new WeakSet();
    this.#changed();
  }

  #fold(number, tall) {
    const state = this.of(number);
    if (state === "open" || (state === "folded") === tall) return false;
    if (tall) this.#states.set(number, "folded");
    else this.#states.delete(number);
    return true;
  }
}
