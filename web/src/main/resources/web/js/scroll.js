const NEAR_PX = 60;

/** Keeps a growing list at its end, unless its reader has scrolled up: then it counts what has come since. */
export class Scroll {
  /** How many messages have come since the reader scrolled up. */
  unread = 0;
  #box;
  #stuck = true;

  /** @param {() => void} changed called when `unread` or `atEnd` may have changed */
  constructor(box, changed) {
    this.#box = box;
    box.addEventListener("scroll", () => {
      this.#stuck = this.#isNearEnd();
      if (this.#stuck) this.unread = 0;
      changed();
    }, { passive: true });
    // A keyboard that opens on a phone, or a window made smaller, must not hide the last message.
    new ResizeObserver(() => this.follow()).observe(box);
  }

  get atEnd() {
    return this.#stuck;
  }

  /** One more message came. */
  came() {
    if (!this.#stuck) this.unread++;
  }

  /** After each change of the list. */
  follow() {
    if (this.#stuck) this.#box.scrollTop = this.#box.scrollHeight;
  }

  /** One looks at something here, whatever it does to the length of the list. */
  stay() {
    this.#stuck = false;
  }

  toEnd() {
    this.#stuck = true;
    this.unread = 0;
    this.follow();
  }

  #isNearEnd() {
    return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight < NEAR_PX;
  }
}
