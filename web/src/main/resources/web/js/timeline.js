/**
 * An ordered list of what a conversation shows. Items are values: a changed item is a new object.
 *
 * An item's place is `era`, then `offset`, then `number`. The era goes up when the server's log was made anew, the offset
 * is the message's in that log, and the number is the order of arrival. What has no offset of its own (a notice, a whisper)
 * borrows that of the message it came after; what is not yet kept stands at the end.
 */

/** How many items are kept: enough to read back, few enough for the browser to stay quick. */
export const LIMIT = 1_000;

export const AT_THE_END = Number.POSITIVE_INFINITY;

function compare(a, b) {
  return a.era - b.era || (a.offset === b.offset ? 0 : a.offset - b.offset) || a.number - b.number;
}

/** The list with one more item in its place, and the oldest dropped if it gets too long. */
export function placed(items, item) {
  let index = items.length;
  while (index > 0 && compare(items[index - 1], item) > 0) index--;
  const next = items.slice();
  next.splice(index, 0, item);
  return next.length > LIMIT ? next.slice(next.length - LIMIT) : next;
}

/** The list without that item. */
export function without(items, item) {
  return items.filter((other) => other !== item);
}

/** The list with an item replaced by another, in the other's place. */
export function replaced(items, item, other) {
  return placed(without(items, item), other);
}

/** The last item that fits, looking from the end: what is looked for is nearly always recent. */
export function findLast(items, fits) {
  for (let index = items.length - 1; index >= 0; index--) {
    if (fits(items[index])) return items[index];
  }
  return undefined;
}
