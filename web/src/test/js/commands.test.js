import assert from "node:assert/strict";
import { test } from "node:test";
import { addressee, codePoints, read, whisperTo } from "../../main/resources/web/js/commands.js";

const HERE = ["Ana", "Ana Maria", "Bia"];

test("what is not a command is said", () => {
  assert.deepEqual(read("hello"), { verb: "say", text: "hello" });
  assert.deepEqual(read("two\nlines"), { verb: "say", text: "two\nlines" });
});

test("two slashes say one", () => {
  assert.deepEqual(read("//nick"), { verb: "say", text: "/nick" });
});

test("commands are read in any case", () => {
  assert.deepEqual(read("/NICK Ana  Maria "), { verb: "rename", name: "Ana  Maria" });
  assert.deepEqual(read("/join Lab"), { verb: "move", room: "lab" });
  assert.deepEqual(read("/who"), { verb: "who" });
  assert.deepEqual(read("/leave"), { verb: "leave" });
  assert.deepEqual(read("/help"), { verb: "help" });
});

test("a command that lacks something, or is none, says so", () => {
  assert.deepEqual(read("/nick"), { verb: "incomplete", word: "nick" });
  assert.deepEqual(read("/msg Ana", HERE), { verb: "incomplete", word: "msg" });
  assert.deepEqual(read("/msg Ana  ", HERE), { verb: "incomplete", word: "msg" });
  assert.deepEqual(read("/dance now"), { verb: "unknown", word: "dance" });
});

test("a command that blanks stand before is one, and anything else there is a text", () => {
  for (const blanks of [" ", "\t", "\n ", "\u00a0"]) {
    assert.deepEqual(read(`${blanks}/msg Bia secret`, HERE), { verb: "whisper", to: "Bia", text: "secret" });
    assert.deepEqual(read(`${blanks}/msg`, HERE), { verb: "incomplete", word: "msg" });
    assert.deepEqual(read(`${blanks}/Nick Carla`), { verb: "rename", name: "Carla" });
    assert.equal(addressee(`${blanks}/msg Bia se`, HERE), "Bia");
    for (const text of [`${blanks}/etc/hosts is wrong`, `${blanks}//nick`, `${blanks}5/6`]) {
      assert.deepEqual(read(text), { verb: "say", text });
    }
  }
});

test("a whisper finds the longest name that is here", () => {
  assert.deepEqual(read("/msg Ana Maria psst", HERE), { verb: "whisper", to: "Ana Maria", text: "psst" });
  assert.deepEqual(read("/msg ana psst you", HERE), { verb: "whisper", to: "Ana", text: "psst you" });
  assert.deepEqual(read("/msg Zoe two\nlines", HERE), { verb: "whisper", to: "Zoe", text: "two\nlines" });
  assert.deepEqual(read('/msg "Rui Costa" hi', HERE), { verb: "whisper", to: "Rui Costa", text: "hi" });
});

test("a prepared whisper is read back as one", () => {
  for (const name of ["Bia", "Rui Costa"]) {
    assert.deepEqual(read(`${whisperTo(name)}hi`), { verb: "whisper", to: name, text: "hi" });
    assert.equal(addressee(whisperTo(name), [name]), name);
  }
  assert.equal(addressee("aloud", HERE), null);
  assert.equal(addressee("/msg", HERE), null);
});

test("length is counted in code points", () => {
  assert.equal(codePoints("é👍🏽"), 3);
});
