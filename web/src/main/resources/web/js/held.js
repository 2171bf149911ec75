/**
 * Own messages that the server did not take yet, as too much was said at once, and those that were written since. One goes at a time: the
 * server would refuse all but the first again, and a later one might overtake an earlier one.
 */
export class Held {
  #refs = new Set();
  #sendNext;
  #timer;

  /** @param {() => void} sendNext sends the first that is held */
  constructor(sendNext) {
    this.#sendNext = sendNext;
  }

  get any() {
    return this.#refs.size > 0;
  }

  has(ref) {
    return this.#refs.has(ref);
  }

  /** Holds a message back, behind the others. */
  add(ref) {
    this.#refs.add(ref);
  }

  /** The server takes no more for so long. */
  wait(ref, ms) {
    this.#refs.add(ref);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#sendNext();
    }, ms);
  }

  /** A message was taken, or is not to be sent any more. */
  settle(ref) {
    if (this.#refs.delete(ref) && this.any && this.#timer === undefined) this.#sendNext();
  }

  /** Holds nothing back any more. */
  clear() {
    this.#refs.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
