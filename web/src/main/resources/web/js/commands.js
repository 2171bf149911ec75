/** What one may write in the composer, and how it is read. Pure. */

export const MAX_CODE_POINTS = 4_000;

/** How many code points a text has: what the server counts. */
export function codePoints(text) {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/**
 * Reads what was written: `{ verb: "say", text }`, or a command's verb with what it needs.
 *
 * @param {string[]} names who is here: names may contain blanks, and only this list tells where one ends
 */
export function read(written, names = []) {
  if (written.startsWith("//")) return { verb: "say", text: written.slice(1) };
  const [, blanks, word, rest] = /^(\s*)\/(\S*)\s*([^]*)$/u.exec(written) ?? [];
  if (word === undefined) return { verb: "say", text: written };
  const command = commandOf(word, rest, names);
  // A blank that slipped in must not tell a secret to everybody; but what is no command there is a text like any other.
  return blanks && command.verb === "unknown" ? { verb: "say", text: written } : command;
}

function commandOf(word, rest, names) {
  switch (word.toLowerCase()) {
    case "nick":
      return rest ? { verb: "rename", name: rest.trim() } : incomplete(word);
    case "msg":
      return whisper(rest, names) ?? incomplete(word);
    case "join":
      return rest ? { verb: "move", room: rest.trim().toLowerCase() } : incomplete(word);
    case "op":
      return rest.trim() ? { verb: "op", token: rest.trim() } : incomplete(word);
    case "key":
      return key(rest.trim()) ?? incomplete(word);
    case "claim":
      return rest.trim() ? (proof(rest.trim()) ?? incomplete(word)) : { verb: "claim" };
    case "release":
      return { verb: "release" };
    case "who":
      return { verb: "who" };
    case "help":
      return { verb: "help" };
    case "leave":
    case "quit":
      return { verb: "leave" };
    default:
      return Object.hasOwn(ACTS, word.toLowerCase()) ? act(word, rest.trim()) : { verb: "unknown", word };
  }
}

/** What operators do, and how the rest of each is read. */
const ACTS = {
  kick: onName, mute: timed, unmute: onName, ban: timed, unban: onName,
  quiet: alone, unquiet: alone, bans: alone, close: alone, open: alone, acts: alone, remove: removal, clear: alone,
};

function act(word, rest) {
  const type = word.toLowerCase();
  const read = ACTS[type](rest);
  return read ? { verb: "act", act: { type, ...about(type, read) } } : incomplete(word);
}

function alone(rest) {
  return rest ? null : {};
}

/** All of the rest is a name; in quotes (some keyboards put curved ones) it is just that. */
function onName(rest) {
  const [, quoted] = /^["“”]([^"“”\n]*)["“”]$/u.exec(rest) ?? [];
  if (quoted !== undefined) return { name: quoted };
  return rest && !rest.includes("\n") ? { name: rest } : null;
}

/** A name, and for how long. */
function timed(rest) {
  return withLast(rest, "time", /^[1-9][0-9]{0,5}[smhd]$/u);
}

/** A message by its place, or the last ones of somebody: a name, and how many. No place is a name, unless in quotes. */
function removal(rest) {
  return /^[0-9]+-[0-9]+$/u.test(rest) ? { id: rest } : withLast(rest, "count", /^[0-9]+$/u);
}

/** A name, and the last word if it can be what else is looked for. A name that ends so goes in quotes. */
function withLast(rest, what, form) {
  const [, quoted, after] = /^["“”]([^"“”\n]*)["“”](?:\s+(\S+))?$/u.exec(rest) ?? [];
  if (quoted !== undefined) return { name: quoted, [what]: after };
  const [, name, last] = /^(.*\S)\s+(\S+)$/u.exec(rest) ?? [];
  return name && form.test(last) ? { name, [what]: last } : onName(rest);
}

/** A ban may be of an address. */
function about(type, { name, ...more }) {
  if (name === undefined) return more;
  const isAddress = ["ban", "unban"].includes(type) && name.startsWith("@");
  return isAddress ? { address: name.slice(1), ...more } : { name, ...more };
}

function key(rest) {
  const [, room, roomKey] = /^(\S+)\s+(\S.*)$/u.exec(rest) ?? [];
  return room && { verb: "key", room: room.toLowerCase(), key: roomKey };
}

const SECRET = /^\s*\/(?:op|key)\s|prosa_(?:room|op|claim|ticket)_/iu;

/** Whether a text that is being written shows a secret, which must not be kept anywhere. */
export function holdsSecret(written) {
  return SECRET.test(written);
}

/** What of a refused command may stand in the field again: all but the secret. */
export function withoutSecret(written) {
  const { verb, room } = read(written);
  return verb === "op" ? "/op " : verb === "key" ? `/key ${room} ` : written;
}

/** A name, which may contain blanks, and behind it its secret, which has none. */
function proof(rest) {
  const [, name, secret] = /^"?([^"]+?)"?\s+(prosa_claim_\S+)$/u.exec(rest) ?? [];
  return secret && { verb: "prove", name, secret };
}

/** The beginning of a whisper to somebody. */
export function whisperTo(name) {
  return `/msg ${name.includes(" ") ? `"${name}"` : name} `;
}

/** To whom a text that is being written would be whispered, or null. */
export function addressee(written, names) {
  const match = /^\s*\/msg\s+([^]*)$/iu.exec(written);
  return match ? (split(match[1], names)?.to ?? null) : null;
}

function whisper(rest, names) {
  const parts = split(rest, names);
  return parts?.text.trim() ? { verb: "whisper", ...parts } : null;
}

/** `"Ana Maria" text`, or the longest name that is here, or the first word. */
function split(rest, names) {
  const quoted = /^"([^"]+)"\s*([^]*)$/u.exec(rest);
  if (quoted) return { to: quoted[1], text: quoted[2] };
  const lower = rest.toLowerCase();
  const known = names
    .filter((name) => lower.startsWith(`${name.toLowerCase()} `))
    .sort((a, b) => b.length - a.length)[0];
  if (known) return { to: known, text: rest.slice(known.length).trimStart() };
  const first = /^(\S+)\s+([^]*)$/u.exec(rest);
  return first && { to: first[1], text: first[2] };
}

function incomplete(word) {
  return { verb: "incomplete", word: word.toLowerCase() };
}
