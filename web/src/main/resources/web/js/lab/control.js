import { addressOf } from "./address.js";

/** The server's part of the lab: a session, what it reports, its faults, and its clock. */

const ROUNDS = 8;

export class Control {
  #session;
  #source;
  #offset = 0;
  #error = Infinity;

  /** Begins a session. Throws the reason as an Error's message. */
  async begin() {
    const answer = await fetch(addressOf("lab/sessions"), { method: "POST" });
    if (!answer.ok) throw new Error((await answer.json()).reason ?? "unavailable");
    this.#session = await answer.json();
    await this.tellTime();
  }

  get room() {
    return this.#session.room;
  }

  /** Half of the shortest round trip: by no more than that the two clocks may disagree, in milliseconds. */
  get error() {
    return this.#error;
  }

  /**
   * Address of one of the server's routes as it is seen through the lab's relay, over TLS if the page came over it.
   *
   * @param {"http" | "ws"} scheme
   */
  through(scheme, path, query, wire) {
    const secure = location.protocol === "https:" ? "s" : "";
    const url = new URL(`${scheme}${secure}://${location.hostname}:${this.#session.port}${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    url.searchParams.set("lab", `${this.#session.token}.${wire}`);
    return url;
  }

  /** @param {(name: string, report: object, at: number) => void} take gets what happens, at a time of the page's clock */
  listen(names, take, over) {
    this.#source = new EventSource(`${this.#path}/events`);
    for (const name of names) {
      this.#source.addEventListener(name, (event) => {
        const report = JSON.parse(event.data);
        take(name, report, report.at + this.#offset);
      });
    }
    // The session has ended with its stream: there is nothing to come back to.
    this.#source.onerror = () => {
      this.#source.close();
      over();
    };
  }

  get #path() {
    return addressOf(`lab/sessions/${this.#session.token}`);
  }

  /** Sets the server's clock against ours, by the shortest of some round trips (as NTP does). */
  async tellTime() {
    for (let i = 0; i < ROUNDS; i++) {
      const before = performance.now();
      const answer = await fetch(`${this.#path}/clock`);
      const { at } = await answer.json();
      const after = performance.now();
      if ((after - before) / 2 < this.#error) {
        this.#error = (after - before) / 2;
        this.#offset = (before + after) / 2 - at;
      }
    }
  }

  /** Returns whether there was a connection to do it to. */
  async befall(wire, fault) {
    const answer = await fetch(`${this.#path}/connections/${wire}/fault?is=${fault}`, { method: "POST" });
    return answer.ok;
  }

  async letProbeResume(resume) {
    await fetch(`${this.#path}/probe?resume=${resume}`, { method: "POST" });
  }
}
