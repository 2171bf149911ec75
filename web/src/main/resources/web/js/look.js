/** How single things look, whatever page they are on: a person's colour, a moment's time. */

const HUES = 12;

/** The class of a name's colour: the same name always has the same one, however it is spelt. */
export function hue(name) {
  let hash = 0x811c9dc5; // FNV-1a
  for (const char of name.normalize("NFKC").toLowerCase()) {
    hash = Math.imul(hash ^ char.codePointAt(0), 0x01000193);
  }
  return `hue-${((hash ^ (hash >>> 15)) >>> 0) % HUES}`;
}

const LOOK_AT_ZONE_MS = 15_000;
const KINDS = {
  time: { hour: "numeric", minute: "2-digit" },
  day: { dateStyle: "full" },
  moment: { dateStyle: "medium", timeStyle: "short" },
};
const formats = new Map();

/** The time zone where the reader is now: one may travel while the page is open. */
export function currentZone() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Tells of another time zone, for which no browser has an event: soon, or when one looks at the page again. */
export function onZone(listener) {
  let known = currentZone();
  const look = () => {
    if (currentZone() === known) return;
    known = currentZone();
    listener();
  };
  setInterval(look, LOOK_AT_ZONE_MS);
  document.addEventListener("visibilitychange", look);
}

/** A format keeps the time zone in which it was made: in another one another is needed. */
function format(locale, zone, kind) {
  const key = `${locale} ${zone} ${kind}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(locale, KINDS[kind]));
  }
  return formats.get(key);
}

/** A moment (ISO 8601) as hours and minutes. */
export function clock(at, { locale, zone }) {
  return format(locale, zone, "time").format(new Date(at));
}

/** The day of a moment, in full. */
export function day(at, { locale, zone }) {
  return format(locale, zone, "day").format(new Date(at));
}

/** A moment as the time of day, with the day unless it is today. */
export function moment(at, { locale, zone }, now = new Date()) {
  return sameDay(at, now) ? clock(at, { locale, zone }) : format(locale, zone, "moment").format(new Date(at));
}

/** Whether two moments are on the same day, where the reader is. */
export function sameDay(at, other) {
  return new Date(at).toDateString() === new Date(other).toDateString();
}
