const FIRST_MS = 500;
const LONGEST_MS = 30_000;
const SPREAD_FROM_MS = 1_000;
const SPREAD_MS = 3_000;

/**
 * How long to wait before the next try, in milliseconds: twice as long each time, up to half a minute.
 * The jitter (up to half of it) keeps a roomful of clients from coming back in the same moment.
 *
 * @param {number} failures how many tries in a row have failed, at least 1
 */
export function delay(failures, random = Math.random) {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return Math.round(full / 2 + (full / 2) * random());
}

/**
 * How long to wait before the first try after a cut, in milliseconds. A server that ends cuts everybody in the same moment, and one
 * that is there again at once should not have everybody before its door in the same quarter of a second.
 */
export function delayAfterCut(random = Math.random) {
  return Math.round(SPREAD_FROM_MS + SPREAD_MS * random());
}
