import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { choose, dictionaries, phrase, speak, words } from "../../main/resources/web/js/i18n.js";

const WEB = fileURLToPath(new URL("../../main/resources/web/", import.meta.url));
const sources = readdirSync(WEB, { recursive: true })
  .filter((name) => /\.(html|js)$/u.test(name) && !name.includes("words"))
  .map((name) => readFileSync(WEB + name, "utf8"));

const places = (entry) => [...new Set(JSON.stringify(entry).match(/\{\w+\}/gu) ?? [])].sort();

test("both dictionaries have the same keys, with the same places to fill", () => {
  const { en, pt } = dictionaries;
  assert.deepEqual(Object.keys(pt), Object.keys(en));
  for (const key of Object.keys(en)) {
    assert.equal(typeof pt[key], typeof en[key], key);
    assert.deepEqual(places(pt[key]), places(en[key]), key);
  }
});

test("no page asks for words that are missing", () => {
  const asked = sources.flatMap((source) => [
    ...[...source.matchAll(/data-words="([^"]+)"/gu)].map((match) => match[1]),
    ...[...source.matchAll(/data-words-of="([^"]+)"/gu)].flatMap((match) => match[1].split(" ").map((pair) => pair.split(":")[1])),
    ...[...source.matchAll(/(?:words|phrase)\("([\w.]+)"/gu)].map((match) => match[1]),
  ]);
  assert.ok(asked.length > 50);
  assert.deepEqual(asked.filter((key) => !Object.hasOwn(dictionaries.en, key)), []);
});

test("until its scripts are here a page has the English words, so that nothing moves when they come", () => {
  const { en } = dictionaries;
  const texts = sources.flatMap((source) => [...source.matchAll(/data-words="([^"]+)"[^>]*>([^<]*)</gu)]);
  const contents = sources.flatMap((source) => [...source.matchAll(/data-words-of="content:([^"]+)"\s+content="([^"]*)"/gu)]);
  assert.ok(texts.length > 50 && contents.length > 5);
  for (const [, key, text] of [...texts, ...contents]) assert.equal(text, en[key], key);
});

test("no words are left over", () => {
  const everything = sources.join("\n");
  const composed = /^(via|notice|reason|status|feed|lab\.(session|wire|fault|state|unnoticed|noticed|explain|balance|log|mark|kind|legend|piece))\./u;
  const unused = Object.keys(dictionaries.en).filter((key) => !composed.test(key) && !everything.includes(key));
  assert.deepEqual(unused, []);
});

test("every reason of a refusal has words", () => {
  const reasons = ["name-taken", "name-invalid", "text-empty", "text-too-long", "malformed", "unknown-command",
    "room-invalid", "not-joined", "not-here", "unavailable", "too-slow", "too-fast",
    "busy"];
  assert.deepEqual(reasons.filter((reason) => !dictionaries.en[`reason.${reason}`]), []);
});

test("the language is the one chosen before, or the first preferred one that is spoken, or English", () => {
  assert.equal(choose(null, ["de-DE", "pt-BR", "en"]), "pt");
  assert.equal(choose("en", ["pt-BR"]), "en");
  assert.equal(choose(null, ["fr"]), "en");
  assert.equal(choose("constructor", []), "en");
});

test("phrases are filled, counted and kept in pieces", () => {
  speak("en");
  assert.equal(words("room.count", { count: 1 }), "1 person here");
  assert.equal(words("room.count", { count: 1204 }), "1,204 people here");
  const people = { template: true };
  assert.deepEqual(phrase("notice.joined", { people, count: 1 }).filter(Boolean), [people, " came in"]);
  speak("pt");
  assert.equal(words("room.count", { count: 1204 }), "1.204 pessoas aqui");
});
