/** What we call our token when we show it again on a new connection. */
const AGAIN = "op";

/**
 * What this tab shows to be let in and to keep order: the keys of closed rooms and the operators' token. It is in the memory of the page
 * and in no storage, so that it ends with the page.
 */
export class Secrets {
  /** Whether the server knows us as an operator. */
  operator = false;

  #token = null;
  #shown = null; // a token that somebody has typed, and that is not answered yet: { ref, token }
  #keys = new Map();

  /** The key that is shown for a room, or undefined. */
  keyTo(room) {
    return this.#keys.get(room);
  }

  keep(room, key) {
    this.#keys.set(room, key);
  }

  /** Somebody has typed the operators' token, and it was sent. */
  shows(ref, token) {
    this.#shown = { ref, token };
  }

  /** What a new connection has to begin with, so that who was an operator is one; or null. */
  again() {
    return this.#token && { type: "op", token: this.#token, ref: AGAIN };
  }

  /** Whether the server answers to a token. */
  isAnswer({ type, ref }) {
    return type === "operator" || (type === "refused" && (ref === AGAIN || (this.#shown !== null && ref === this.#shown.ref)));
  }

  /** @returns {string | null} what to remark of that answer */
  answered({ type, ref, reason }) {
    this.operator = type === "operator";
    if (this.operator) this.#token = this.#shown?.token ?? this.#token;
    else if (ref === AGAIN && reason === "not-operator") this.#token = null;
    this.#shown = null;
    return this.operator ? (ref === AGAIN ? null : "operator") : "refused";
  }

  /**
   * Why a room did not let us in. The server does not tell no key from a wrong one; a wrong one is not shown again.
   *
   * @param {string} [key] that was shown
   */
  reason({ reason }, room, key) {
    if (reason !== "room-closed" || !key) return reason;
    if (this.keyTo(room) === key) this.#keys.delete(room);
    return "wrong-key";
  }

  /** @returns {boolean} whether there was any */
  forget() {
    const any = this.#token !== null || this.#keys.size > 0;
    this.operator = false;
    this.#token = null;
    this.#shown = null;
    this.#keys.clear();
    return any;
  }
}
