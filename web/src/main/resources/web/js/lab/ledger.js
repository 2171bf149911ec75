/** What was said in the lab's room, and when it arrived over which wire. Times are in milliseconds of the page's clock. */

export const WIRES = ["websocket", "sse", "ndjson", "tcp"];
const KEPT = 1_000;

export class Ledger {
  #messages = new Map(); // by id, in the order in which they were first heard of
  #opened = new Map(); // wire: when it last came back, and after which id

  /** A message was sent at a time, and got this id. */
  sent(id, at) {
    this.#message(id).sentAt = at;
  }

  /** A wire is there (again): what it brings from before is replayed. */
  opened(wire, at, since) {
    this.#opened.set(wire, { at, since });
  }

  /** Returns what to tell of it: `first`, `replayed` or `doubled`. */
  arrived(wire, id, at) {
    const message = this.#message(id);
    const before = message.arrivals[wire];
    if (before) {
      before.times += 1;
      return "doubled";
    }
    const opened = this.#opened.get(wire);
    const replayed = Boolean(opened?.since) && this.#sentBefore(message, opened.at);
    message.arrivals[wire] = { at, times: 1, replayed };
    return replayed ? "replayed" : "first";
  }

  #sentBefore(message, at) {
    return message.sentAt !== undefined && message.sentAt < at;
  }

  #message(id) {
    if (!this.#messages.has(id)) {
      this.#messages.set(id, { id, arrivals: {} });
      if (this.#messages.size > KEPT) this.#messages.delete(this.#messages.keys().next().value);
    }
    return this.#messages.get(id);
  }

  /** The messages of which we know when they were sent, oldest first. */
  messages() {
    return [...this.#messages.values()].filter((message) => message.sentAt !== undefined)
      .sort((a, b) => a.sentAt - b.sentAt);
  }

  last() {
    return this.messages().at(-1);
  }

  /** Milliseconds from sending to arriving, of all that have arrived over a wire, in the order of sending. */
  delays(wire) {
    return this.messages().filter((message) => message.arrivals[wire])
      .map((message) => Math.max(0, message.arrivals[wire].at - message.sentAt));
  }

  /** How many came twice, how many were replayed, and which are gone: a later one has come over that wire, which keeps the order. */
  balance(wire) {
    const messages = this.messages();
    const lastArrived = messages.findLastIndex((message) => message.arrivals[wire]);
    const arrivals = messages.map((message) => message.arrivals[wire]).filter(Boolean);
    return {
      arrived: arrivals.length,
      replayed: arrivals.filter((arrival) => arrival.replayed).length,
      doubled: arrivals.filter((arrival) => arrival.times > 1).length,
      lost: messages.slice(0, Math.max(0, lastArrived)).filter((message) => !message.arrivals[wire]).map((message) => message.id),
      waiting: messages.length - 1 - lastArrived,
    };
  }
}

/** The smallest of some numbers that so many of them are not above; undefined of none. */
export function percentile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/** Edges of the histogram's classes in milliseconds, two to each doubling. */
export const EDGES = Array.from({ length: 36 }, (_, i) => 0.5 * 2 ** (i / 2));

/** How many of the numbers lie in each class; what is below the first or above the last edge counts there. */
export function histogram(numbers) {
  const counts = EDGES.map(() => 0);
  for (const number of numbers) {
    counts[Math.max(0, EDGES.findLastIndex((edge) => edge <= number))] += 1;
  }
  return counts;
}
