import en from "./words/en.js";
import pt from "./words/pt.js";
import { Memory } from "./memory.js";

export const dictionaries = { en, pt };

const preferred = globalThis.navigator?.languages ?? [];
const memory = new Memory("localStorage", "prosa.language");
const listeners = [];
let language = choose(memory.load(), preferred);
let formats = formatsOf(language);

function formatsOf(tag) {
  return { plural: new Intl.PluralRules(tag), list: new Intl.ListFormat(tag), numbers: new Map() };
}

/** The language that a reader gets: the one chosen before, or else the first preferred one that we speak, or English. */
export function choose(remembered, tags) {
  const spoken = [remembered, ...tags].map((tag) => String(tag).split("-")[0].toLowerCase());
  return spoken.find((tag) => Object.hasOwn(dictionaries, tag)) ?? "en";
}

/** The language that is spoken now: `en` or `pt`. */
export function currentLanguage() {
  return language;
}

/** The reader's own variety of that language, for times and dates: `en-GB`, say. */
export function currentLocale() {
  return preferred.find((tag) => tag.split("-")[0].toLowerCase() === language) ?? language;
}

/** Speaks another language from now on, and remembers it. */
export function speak(chosen) {
  language = chosen;
  formats = formatsOf(language);
  memory.save(language);
  listeners.forEach((listener) => listener());
}

export function onLanguage(listener) {
  listeners.push(listener);
}

/** A phrase as plain text, with its `{places}` filled. */
export function words(key, values = {}) {
  return phrase(key, values).join("");
}

/** Whether there are words for it: a newer server may say what this page does not know. */
export function known(key) {
  return key in en;
}

/** A phrase in pieces, for values that are more than text. Numbers are written as the language writes them. */
export function phrase(key, values = {}) {
  const entry = dictionaries[language][key] ?? en[key] ?? key;
  const form = typeof entry === "string" ? entry : (entry[formats.plural.select(values.count ?? 0)] ?? entry.other);
  return form.split(/(\{\w+\})/u).map((piece) => {
    const value = /^\{(\w+)\}$/u.exec(piece);
    return value ? written(values[value[1]]) : piece;
  });
}

function written(value) {
  return typeof value === "number" ? number(value) : value;
}

/**
 * A number as the language writes it: `1,204` or `1.204`, `0.1` or `0,1`.
 *
 * @param {number} [digits] behind the point, neither more nor fewer; as many as it has, up to three, if left out
 */
export function number(value, digits) {
  const { numbers } = formats;
  if (!numbers.has(digits)) {
    numbers.set(digits, new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  }
  return numbers.get(digits).format(value);
}

/** Things as the language joins them, in pieces: `Ana, Bia, and Caio` or `Ana, Bia e Caio`. */
export function listed(things) {
  return formats.list.formatToParts(things.map((_, index) => String(index)))
    .map(({ type, value }) => (type === "element" ? things[Number(value)] : value));
}
