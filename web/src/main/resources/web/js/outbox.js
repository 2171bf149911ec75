import { unacknowledged } from "./conversation.js";

/** The server knows a key for 10 minutes; what was sent longer ago might be said twice if it were sent again. */
const KEY_KNOWN_MS = 9 * 60_000;

/** When each own message that is not yet acknowledged first went out, and what of it outlives a reload. */
export class Outbox {
  #sentAt = new Map();
  #repeated = new Set();

  wentOut(ref) {
    if (this.#sentAt.has(ref)) this.#repeated.add(ref);
    else this.#sentAt.set(ref, Date.now());
  }

  forget(ref) {
    this.#sentAt.delete(ref);
    this.#repeated.delete(ref);
  }

  /** The server has refused it before looking at its key: of what went out more than once, an earlier one may have been kept. */
  notTaken(ref) {
    if (!this.#repeated.has(ref)) this.forget(ref);
  }

  /** Whether sending a message again could say it twice: it went out, and under another name or too long ago. */
  isDoubtful({ ref, by }, me) {
    const sentAt = this.#sentAt.get(ref);
    return sentAt !== undefined && (by !== me || Date.now() - sentAt > KEY_KNOWN_MS);
  }

  /** What a tab remembers of a conversation's messages that are still under way. */
  written(conversation) {
    return unacknowledged(conversation).map(({ ref, text, at }) => ({ ref, text, at, sentAt: this.#sentAt.get(ref) }));
  }

  /** Takes up one of those after a reload. */
  takeUp({ ref, sentAt }) {
    if (sentAt) this.#sentAt.set(ref, sentAt);
  }
}
