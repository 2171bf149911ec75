/**
 * The page's own clients, one for each wire that a browser has. Each comes back after a loss, and tells
 * `open` (with the id since which it resumes, if it does), `lost` and `arrived` (with an id).
 */

const WAIT_MS = 1_000;

/** Stands for the id of the place where a stream began. */
export const BEGINNING = true;

class Client {
  #timer;
  last;
  stopped = false;

  /** @param {{resumes: () => boolean, through: Function, room: string}} lab */
  constructor(lab, tell) {
    this.lab = lab;
    this.tell = tell;
  }

  /** After which id the next connection goes on. */
  get since() {
    return this.lab.resumes() ? this.last : undefined;
  }

  heard(id) {
    this.last = id;
    this.tell("arrived", { id });
  }

  /** The connection is gone: another one is tried in a while. */
  lost() {
    if (this.stopped) return;
    this.tell("lost", {});
    this.#timer = setTimeout(() => this.connect(), WAIT_MS);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.#timer);
    this.disconnect();
  }
}

export class WebSocketClient extends Client {
  #socket;
  #token;

  connect() {
    const since = this.since;
    this.#socket = new WebSocket(this.lab.through("ws", "/chat", {}, "websocket"), "prosa.v1");
    this.#socket.onopen = () => {
      this.#socket.send(JSON.stringify({ type: "join", name: "browser", room: this.lab.room, since, token: this.#token }));
    };
    this.#socket.onmessage = ({ data }) => data.split("\n").filter(Boolean).forEach((line) => this.#hear(JSON.parse(line), since));
    this.#socket.onclose = () => this.lost();
  }

  #hear(event, since) {
    if (event.type === "welcome") {
      this.#token = event.token;
      this.last ??= event.position;
      this.tell("open", { since });
    } else if (event.type === "said") {
      this.heard(event.id);
    }
  }

  disconnect() {
    this.#socket?.close();
  }
}

export class EventSourceClient extends Client {
  #source;

  connect() {
    const first = this.since;
    let opened = false;
    this.#source = new EventSource(this.lab.through("http", "/feed", { room: this.lab.room, since: first }, "sse"));
    this.#source.onopen = () => {
      // It comes back by itself, with the last id as a header; only the first time it goes by its address. Before the first
      // message that id is the opening block's, which a page does not get to see.
      this.tell("open", { since: opened ? (this.last ?? BEGINNING) : first });
      opened = true;
    };
    this.#source.onmessage = (event) => this.heard(event.lastEventId);
    this.#source.onerror = () => {
      const comesBack = this.#source.readyState === EventSource.CONNECTING && this.lab.resumes();
      if (comesBack) {
        this.tell("lost", {});
      } else {
        this.#source.close();
        this.lost();
      }
    };
  }

  disconnect() {
    this.#source?.close();
  }
}

export class FetchClient extends Client {
  #abort;

  async connect() {
    this.#abort = new AbortController();
    const since = this.since;
    try {
      const url = this.lab.through("http", "/messages", { follow: "", room: this.lab.room, since }, "ndjson");
      const answer = await fetch(url, { signal: this.#abort.signal, cache: "no-store" });
      if (!answer.ok) throw new Error(answer.statusText);
      await this.#read(answer.body.pipeThrough(new TextDecoderStream()).getReader(), since);
    } catch {
      // Cut: as good as an end.
    }
    this.lost();
  }

  async #read(reader, since) {
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split("\n");
      rest = lines.pop();
      lines.filter(Boolean).forEach((line) => this.#hear(JSON.parse(line), since));
    }
  }

  #hear(event, since) {
    if (event.type === "following") {
      this.last ??= event.position;
      this.tell("open", { since });
    } else if (event.type === "said") {
      this.heard(event.id);
    }
  }

  disconnect() {
    this.#abort?.abort();
  }
}
