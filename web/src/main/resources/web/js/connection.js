import { delay, delayAfterCut } from "./backoff.js";

const SUBPROTOCOL = "prosa.v1";
/** The server's close code for a connection whose place a newer one of the same person has taken. */
const REPLACED = 4001;
/** The server's close code for whom an operator has put out. */
const EXPELLED = 4003;
/** RFC 6455 §7.4.1: the server does not want to go on as it was. Its reason says why. */
const POLICY = 1008;
/** Who asked for more than their share may come back after so long. */
const TOO_FAST_MS = 10_000;
const ANSWER_MS = 15_000;
const STEADY_MS = 5_000;
const QUIET_MS = 60_000;

/**
 * A WebSocket that comes back by itself. It speaks lines of JSON and knows nothing of what they mean.
 *
 * A browser does not tell a page of the server's pings, so a dead line is noticed by asking: whoever owns the connection
 * sends something that is answered (`expectAnswer`), and hearing nothing for 15 s counts as a loss.
 */
export class Connection {
  /** "connecting", "open" or "waiting" (for the next try), or "closed" (on purpose). */
  state = "closed";
  /** When the next try is due, in milliseconds since 1970, while waiting. */
  retryAt = 0;

  #url;
  #owner;
  #Socket;
  #socket = null;
  #failures = 0;
  #heardAt = 0;
  #retryTimer;
  #answerTimer;
  #steadyTimer;

  /**
   * @param {string} url
   * @param {{opened(): void, heard(event: object): void, changed(): void, replaced(): void, expelled(): void}} owner
   */
  constructor(url, owner, Socket = globalThis.WebSocket) {
    this.#url = url;
    this.#owner = owner;
    this.#Socket = Socket;
  }

  /** Connects, at once, unless it is connected or about to be. */
  open() {
    if (this.#socket) return;
    clearTimeout(this.#retryTimer);
    this.#become("connecting");
    const socket = new this.#Socket(this.#url, SUBPROTOCOL);
    this.#socket = socket;
    this.#awaitAnswer();
    socket.onopen = () => {
      this.#heard();
      // A server that takes us in only to throw us out again must not be asked twice a second.
      this.#steadyTimer = setTimeout(() => (this.#failures = 0), STEADY_MS);
      this.#become("open");
      this.#owner.opened();
    };
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = (end) => this.#ended(end);
  }

  /** @returns {boolean} whether it went out; false while there is no connection */
  send(event, { expectAnswer = false } = {}) {
    if (this.state !== "open") return false;
    this.#socket.send(JSON.stringify(event));
    if (expectAnswer) this.#awaitAnswer();
    return true;
  }

  /** Whether nothing has been heard for so long that it is time to ask. */
  isQuiet(ms = QUIET_MS) {
    return this.state === "open" && Date.now() - this.#heardAt > ms;
  }

  /** Gives this connection up and tries again after a while. */
  lose() {
    this.#comeBackAfter(++this.#failures === 1 ? delayAfterCut() : delay(this.#failures));
  }

  #comeBackAfter(wait) {
    this.#letGo();
    this.retryAt = Date.now() + wait;
    this.#retryTimer = setTimeout(() => this.open(), wait);
    this.#become("waiting");
  }

  /** Closes, and does not come back. */
  close() {
    this.#letGo();
    clearTimeout(this.#retryTimer);
    this.#become("closed");
  }

  #ended({ code, reason }) {
    if (code === REPLACED) this.#endedFor("replaced");
    else if (code === EXPELLED) this.#endedFor("expelled");
    else if (code === POLICY && reason === "name-invalid") this.close(); // until somebody has a name
    else if (code === POLICY) this.#sentAway(reason);
    else this.lose();
  }

  /** This one alone, and not everybody: there is no crowd to be spread. */
  #sentAway(reason) {
    this.#comeBackAfter((reason === "too-fast" ? TOO_FAST_MS : 0) + delay(++this.#failures));
  }

  /** It was ended for a reason, and stays so until somebody wants otherwise. */
  #endedFor(reason) {
    this.close();
    this.#owner[reason]();
  }

  #letGo() {
    clearTimeout(this.#answerTimer);
    clearTimeout(this.#steadyTimer);
    this.#answerTimer = undefined;
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #receive(frame) {
    this.#heard();
    for (const line of frame.split("\n")) {
      const event = parse(line);
      if (event) this.#owner.heard(event);
    }
  }

  #heard() {
    this.#heardAt = Date.now();
    clearTimeout(this.#answerTimer);
    this.#answerTimer = undefined;
  }

  #awaitAnswer() {
    this.#answerTimer ??= setTimeout(() => this.lose(), ANSWER_MS);
  }

  #become(state) {
    this.state = state;
    this.#owner.changed();
  }
}

function parse(line) {
  if (!line) return null;
  try {
    return JSON.parse(line);
  } catch {
    console.warn("not a line of JSON:", line);
    return null;
  }
}
