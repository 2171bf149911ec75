/** What went over the wires, as the server's relay saw it, and what its faults kept back. */

export const KINDS = ["handshake", "framing", "envelope", "payload", "heartbeat"];
const KEPT_CHUNKS = 40;

const none = () => Object.fromEntries(KINDS.map((kind) => [kind, 0]));

export class Traffic {
  #wires = new Map();

  /** The newest connection of a wire: its sums, the last pieces, its fault and who has noticed it. */
  of(wire) {
    return this.#wires.get(wire);
  }

  opened(wire, connection, at) {
    this.#wires.set(wire, {
      connection, at, down: none(), up: none(), chunks: [], fault: null, sent: { down: 0, up: 0 }, arrived: { down: 0, up: 0 },
    });
  }

  /** Bytes reached the other side. */
  bytes({ wire, connection, direction, hex, spans, sent, arrived }, at) {
    const found = this.#find(wire, connection);
    if (!found) return;
    for (const [kind, length] of spans) found[direction][kind] += length;
    this.#sums(found, direction, sent, arrived);
    found.chunks.push({ at, direction, hex, spans });
    if (found.chunks.length > KEPT_CHUNKS) found.chunks.shift();
  }

  /** Bytes were sent, and a fault keeps them. */
  kept({ wire, connection, direction, sent, arrived }) {
    const found = this.#find(wire, connection);
    if (found) this.#sums(found, direction, sent, arrived);
  }

  #sums(found, direction, sent, arrived) {
    // The two come from two threads of the relay: neither goes back.
    found.sent[direction] = Math.max(found.sent[direction], sent);
    found.arrived[direction] = Math.max(found.arrived[direction], arrived);
  }

  fault(wire, connection, fault, at) {
    const found = this.#find(wire, connection);
    if (found) found.fault = fault === "heal" ? null : { name: fault, at, client: null, server: null };
  }

  /** A side has noticed that something is wrong. Returns after how many milliseconds; undefined if it is no news. */
  noticed(wire, side, at) {
    const fault = this.of(wire)?.fault;
    if (!fault || fault[side] !== null) return undefined;
    fault[side] = at;
    return at - fault.at;
  }

  closed(wire, connection, at) {
    const found = this.#find(wire, connection);
    if (found) found.closedAt = at;
  }

  #find(wire, connection) {
    const found = this.#wires.get(wire);
    return found?.connection === connection ? found : undefined;
  }
}

/** The bytes of a piece, each with what it is there for. Of a long one only the first are known. */
export function bytesOf({ hex, spans }) {
  const bytes = [];
  for (const [kind, length] of spans) {
    for (let i = 0; i < length && bytes.length * 2 < hex.length; i++) {
      bytes.push({ value: Number.parseInt(hex.slice(bytes.length * 2, bytes.length * 2 + 2), 16), kind });
    }
  }
  return bytes;
}

/** Neighbours of one kind, joined. */
export function runs(bytes) {
  const found = [];
  for (const byte of bytes) {
    if (found.at(-1)?.kind === byte.kind) found.at(-1).bytes.push(byte.value);
    else found.push({ kind: byte.kind, bytes: [byte.value] });
  }
  return found;
}
