import assert from "node:assert/strict";
import { test } from "node:test";
import { addressee, codePoints, holdsSecret, read, whisperTo, withoutSecret } from "../../main/resources/web/js/commands.js";

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

const act = (written) => read(written, HERE).act;

test("operators' acts are read as the text dialect reads them", () => {
  assert.deepEqual(read("/KICK Ana Maria"), { verb: "act", act: { type: "kick", name: "Ana Maria" } });
  assert.deepEqual(act("/mute Ana"), { type: "mute", name: "Ana" });
  assert.deepEqual(act("/mute Ana Maria 10m"), { type: "mute", name: "Ana Maria", time: "10m" });
  assert.deepEqual(act('/mute "Agent 7d"'), { type: "mute", name: "Agent 7d", time: undefined });
  assert.deepEqual(act("/mute “Agent 7d” 1h"), { type: "mute", name: "Agent 7d", time: "1h" });
  assert.deepEqual(act("/mute 10m"), { type: "mute", name: "10m" });
  assert.deepEqual(act("/mute Ana 0m"), { type: "mute", name: "Ana 0m" });
  assert.deepEqual(act("/mute Ana 10 m"), { type: "mute", name: "Ana 10 m" });
  assert.deepEqual(act('/unmute "Ana"'), { type: "unmute", name: "Ana" });
  assert.deepEqual(act("/ban @2001:db8::1 7d"), { type: "ban", address: "2001:db8::1", time: "7d" });
  assert.deepEqual(act("/unban @192.0.2.1"), { type: "unban", address: "192.0.2.1" });
  assert.deepEqual(act("/unban Ana"), { type: "unban", name: "Ana" });
  for (const type of ["quiet", "unquiet", "bans", "close", "open", "clear", "acts"]) assert.deepEqual(act(`/${type} `), { type });
});

test("what is to be removed is read as the text dialect reads it", () => {
  assert.deepEqual(act("/remove 1795356346674-9"), { type: "remove", id: "1795356346674-9" });
  assert.deepEqual(act('/remove "1795356346674-9"'), { type: "remove", name: "1795356346674-9", count: undefined });
  assert.deepEqual(act("/remove Ana Maria"), { type: "remove", name: "Ana Maria" });
  assert.deepEqual(act("/remove Ana Maria 3"), { type: "remove", name: "Ana Maria", count: "3" });
  assert.deepEqual(act('/remove "Agent 7"'), { type: "remove", name: "Agent 7", count: undefined });
  assert.deepEqual(act("/remove “Agent 7” 12"), { type: "remove", name: "Agent 7", count: "12" });
  assert.deepEqual(act("/remove 7"), { type: "remove", name: "7" });
  // The server says what a count may be.
  assert.deepEqual(act("/remove Ana 0"), { type: "remove", name: "Ana", count: "0" });
  assert.deepEqual(act("/remove Ana 10m"), { type: "remove", name: "Ana 10m" });
});

test("an act that lacks somebody, or has too much, is not done", () => {
  for (const written of ["/kick", "/mute ", "/ban", "/unban", "/kick Ana\nBia", "/remove", "/remove Ana\nBia 2", "/close now", "/clear all", "/quiet please"]) {
    assert.equal(read(written).verb, "incomplete", written);
  }
  assert.equal(read("/constructor Ana").verb, "unknown");
});

test("secrets are read, and never stand in what is given back", () => {
  assert.deepEqual(read("/op  prosa_op_x "), { verb: "op", token: "prosa_op_x" });
  assert.deepEqual(read("/key Den a key"), { verb: "key", room: "den", key: "a key" });
  assert.equal(read("/op").verb, "incomplete");
  assert.equal(read("/key den").verb, "incomplete");
  assert.equal(withoutSecret("/op t"), "/op ");
  assert.equal(withoutSecret(" /KEY Den t"), "/key den ");
  assert.equal(withoutSecret("/kick Ana"), "/kick Ana");
});

test("a text that shows a secret is told from one that does not", () => {
  for (const written of ["/op t", " /OP\tt", "/key den", "/oop prosa_op_x", "see prosa_room_x", "\n/key den t"]) assert.ok(holdsSecret(written), written);
  for (const written of ["", "/op", "/open", "/keys are fine", "operator", "/msg Bia the /op thing"]) assert.ok(!holdsSecret(written), written);
});

test("a claim is made, shown and given up", () => {
  assert.deepEqual(read("/claim"), { verb: "claim" });
  assert.deepEqual(read("/claim Ana Maria prosa_claim_x-_y"), { verb: "prove", name: "Ana Maria", secret: "prosa_claim_x-_y" });
  assert.deepEqual(read('/claim "Ana Maria" prosa_claim_x'), { verb: "prove", name: "Ana Maria", secret: "prosa_claim_x" });
  assert.deepEqual(read("/claim Ana Maria"), { verb: "incomplete", word: "claim" });
  assert.deepEqual(read("/release"), { verb: "release" });
});
