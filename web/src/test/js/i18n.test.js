import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { choose, dictionaries, listed, number, phrase, speak, words } from "../../main/resources/web/js/i18n.js";

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
  const composed = /^(via|notice|presence|reason|status|feed|acted|lab\.(session|wire|protocol|fault|state|unnoticed|noticed|explain|balance|log|mark|kind|legend|piece))\./u;
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
  assert.deepEqual(phrase("notice.joined", { people, count: 1 }).filter(Boolean), [people, " joined"]);
  speak("pt");
  assert.equal(words("room.count", { count: 1204 }), "1.204 pessoas aqui");
});

/** What is said of 0, 1, 2 and 1,000. By CLDR's rules Portuguese takes 0 as singular. */
const COUNTED = {
  "presence.in": {
    en: ["0 joined", "1 joined", "2 joined", "1,000 joined"],
    pt: ["0 pessoa entrou", "1 pessoa entrou", "2 pessoas entraram", "1.000 pessoas entraram"],
  },
  "presence.out": {
    en: ["0 left", "1 left", "2 left", "1,000 left"],
    pt: ["0 pessoa saiu", "1 pessoa saiu", "2 pessoas saíram", "1.000 pessoas saíram"],
  },
  "presence.outToo": {
    en: ["0 left", "1 left", "2 left", "1,000 left"],
    pt: ["0 saiu", "1 saiu", "2 saíram", "1.000 saíram"],
  },
  "room.count": {
    en: ["0 people here", "1 person here", "2 people here", "1,000 people here"],
    pt: ["0 pessoa aqui", "1 pessoa aqui", "2 pessoas aqui", "1.000 pessoas aqui"],
  },
  "room.newMessages": {
    en: ["0 new messages", "1 new message", "2 new messages", "1,000 new messages"],
    pt: ["0 mensagem nova", "1 mensagem nova", "2 mensagens novas", "1.000 mensagens novas"],
  },
  "room.andMore": {
    en: ["and 0 more", "and 1 more", "and 2 more", "and 1,000 more"],
    pt: ["e mais 0", "e mais 1", "e mais 2", "e mais 1.000"],
  },
  "composer.left": {
    en: ["0 characters left", "1 character left", "2 characters left", "1,000 characters left"],
    pt: ["resta 0 caractere", "resta 1 caractere", "restam 2 caracteres", "restam 1.000 caracteres"],
  },
  "status.next": {
    en: ["next try in 0 seconds", "next try in 1 second", "next try in 2 seconds", "next try in 1,000 seconds"],
    pt: ["nova tentativa em 0 segundo", "nova tentativa em 1 segundo", "nova tentativa em 2 segundos", "nova tentativa em 1.000 segundos"],
  },
  "lab.moreBytes": {
    en: ["and 0 bytes more", "and 1 byte more", "and 2 bytes more", "and 1,000 bytes more"],
    pt: ["e mais 0 byte", "e mais 1 byte", "e mais 2 bytes", "e mais 1.000 bytes"],
  },
};

for (const language of ["en", "pt"]) {
  test(`words agree with their numbers in ${language}`, () => {
    speak(language);
    for (const [key, expected] of Object.entries(COUNTED)) {
      assert.deepEqual([0, 1, 2, 1_000].map((count) => words(key, { count })), expected[language], key);
    }
  });

  test(`a number has a form for one and for others in ${language}, or no word agrees with it`, () => {
    const alone = new Set(["room.showPeople", "room.more", "room.andMore", "notice.presence", "notice.presenceIn", "notice.presenceOut"]);
    for (const [key, entry] of Object.entries(dictionaries[language])) {
      if (typeof entry === "string") assert.ok(!entry.includes("{count}") || alone.has(key), key);
      else assert.deepEqual(Object.keys(entry), ["one", "other"], key);
    }
  });
}

test("numbers and lists are written as the language does, whatever the browser's is", () => {
  const list = (things) => listed(things).join("");
  speak("en");
  assert.deepEqual([number(0.1), number(1_204), number(2, 1)], ["0.1", "1,204", "2.0"]);
  assert.deepEqual([list([]), list(["Ana"]), list(["Ana", "Bia"]), list(["Ana", "Bia", "Caio"])], ["", "Ana", "Ana and Bia", "Ana, Bia, and Caio"]);
  speak("pt");
  assert.deepEqual([number(0.1), number(1_204), number(2, 1)], ["0,1", "1.204", "2,0"]);
  assert.deepEqual([list([]), list(["Ana"]), list(["Ana", "Bia"]), list(["Ana", "Bia", "Caio"])], ["", "Ana", "Ana e Bia", "Ana, Bia e Caio"]);
  const piece = { template: true };
  assert.deepEqual(listed([piece, words("room.more", { count: 7 })]), [piece, " e ", "mais 7"]);
});
