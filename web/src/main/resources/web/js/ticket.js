/** An EventSource can set no header, and a secret must not stand in an address: a ticket may, as it is worth little for long. */

const ROOM_KEY = "Prosa-Room-Key";
const CREATED = 201;
const KEY = /^[ -~]{1,128}$/u;

/** Whether a text can be a key at all: others can't stand in a request's head. */
export function canBeKey(text) {
  return KEY.test(text);
}

/** What shows the keys of rooms in a request's head. */
export function showing(keys) {
  const head = new Headers();
  for (const [room, key] of keys) head.append(ROOM_KEY, `${room}=${key}`);
  return head;
}

/**
 * Asks for a ticket that stands for these keys.
 *
 * @param {Map<string, string>} keys by room
 * @returns {Promise<string | null>} null if the server gives none
 */
export async function ticketFor(keys) {
  try {
    const answer = await fetch(new URL("../tickets", import.meta.url), { method: "POST", headers: showing(keys) });
    return answer.status === CREATED ? (await answer.json()).ticket : null;
  } catch {
    return null; // the server is not there
  }
}
