import { currentLocale, known, phrase, words } from "./i18n.js";
import { currentZone, moment } from "./look.js";

/** What operators do, in words. */

/** A moment (ISO 8601) where the reader is: the time of day, with the day unless it is today. */
export function when(at) {
  return moment(at, { locale: currentLocale(), zone: currentZone() });
}

/**
 * What an operator has done, in pieces. Without a name it was done to an address, which only operators are shown.
 *
 * @param {{act: string, by: string, name?: string, until?: string}} deed
 * @param {(name: string) => unknown} nameOf how a name is shown
 */
export function deed({ act, by, name, until }, nameOf) {
  const word = until && known(`acted.${act}Until`) ? `${act}Until` : act;
  const values = { act, by: nameOf(by), name: name ? nameOf(name) : words("acted.address"), until: until ? when(until) : "" };
  // A newer server's operators can do more.
  return phrase(known(`acted.${word}`) ? `acted.${word}` : "acted.other", values);
}
