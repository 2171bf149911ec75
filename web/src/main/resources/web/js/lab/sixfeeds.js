import { addressOf } from "./address.js";

/**
 * How many feeds a browser opens to one server. Over HTTP/1.1 they share its six connections a host, in all tabs together, and what
 * comes seventh waits without an error (WHATWG HTML §9.2.7 warns of it). Tried with feeds of this page's own, which are closed again.
 */

export const FEEDS = 7;

/** Longer than any feed takes to open on a network worth the name. */
const WAIT_MS = 1_000;

const wait = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

export class SixFeeds {
  feeds = [];
  /** What a request had to wait for: `answered` is milliseconds after it was made, or after `closed` feeds made room for it. */
  request = {};
  running = false;

  #room;
  #changed;

  /** @param changed called without arguments whenever there is something new to show */
  constructor(changed) {
    this.#changed = changed;
  }

  async run(room) {
    this.#room = room;
    this.running = true;
    this.request = {};
    this.feeds = Array.from({ length: FEEDS }, () => this.#open(performance.now()));
    this.#changed();
    await wait(WAIT_MS);
    await this.#ask();
    this.feeds.forEach(({ source }) => source.close());
    this.running = false;
    this.#changed();
  }

  #open(begun) {
    const feed = { source: new EventSource(addressOf(`feed?room=${this.#room}`)), openedAfter: undefined };
    feed.source.onopen = () => {
      // Those that open in the end, as others are closed, have waited all the same.
      feed.openedAfter ??= this.request.closed ? undefined : performance.now() - begun;
      this.#changed();
    };
    return feed;
  }

  async #ask() {
    const asked = performance.now();
    const answer = fetch(addressOf("health"), { cache: "no-store" }).then((response) => response.text());
    const late = await Promise.race([answer.then(() => false), wait(WAIT_MS).then(() => true)]);
    if (!late) {
      this.request = { answered: performance.now() - asked };
      return;
    }
    const open = this.feeds.filter((feed) => feed.openedAfter !== undefined);
    // The feeds that wait come before the request.
    const closing = open.slice(0, FEEDS - open.length + 1);
    this.request = { closed: closing.length };
    const closed = performance.now();
    closing.forEach(({ source }) => source.close());
    await answer;
    this.request = { closed: closing.length, answered: performance.now() - closed };
  }
}
