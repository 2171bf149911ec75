import en from "./words/en.js";
import pt from "./words/pt.js";
import { Memory } from "./memory.js";

export const dictionaries = { en, pt };

const preferred = globalThis.navigator?.languages ?? [];
const memory = new Memory("localStorage", "prosa.language");
const listeners = [];
let language = choose(memory.load(), preferred);
let plural = new Intl.PluralRules(language);
let number = new Intl.NumberFormat(language);

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
  plural = new Intl.PluralRules(language);
  number = new Intl.NumberFormat(language);
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
  const form = typeof entry === "string" ? entry : (entry[plural.select(values.count ?? 0)] ?? entry.other);
  return form.split(/(\{\w+\})/u).map((piece) => {
    const value = /^\{(\w+)\}$/u.exec(piece);
    return value ? written(values[value[1]]) : piece;
  });
}

function written(value) {
  return typeof value === "number" ? number.format(value) : value;
}
