import assert from "node:assert/strict";
import { test } from "node:test";
import { EDGES, histogram, Ledger, percentile } from "../../main/resources/web/js/lab/ledger.js";
import { stretches } from "../../main/resources/web/js/lab/story.js";
import { bytesOf, runs, Traffic } from "../../main/resources/web/js/lab/traffic.js";

test("an arrival before the answer to the post counts from when it was sent", () => {
  const ledger = new Ledger();
  assert.equal(ledger.arrived("sse", "1-1", 105), "first");
  assert.deepEqual(ledger.delays("sse"), []);
  ledger.sent("1-1", 100);
  assert.deepEqual(ledger.delays("sse"), [5]);
});

test("what is missing is lost only once a later one has come over that wire", () => {
  const ledger = new Ledger();
  for (let i = 1; i <= 4; i++) ledger.sent(`1-${i}`, i * 100);
  ledger.arrived("tcp", "1-1", 110);
  assert.deepEqual(ledger.balance("tcp"), { arrived: 1, replayed: 0, doubled: 0, lost: [], waiting: 3 });
  ledger.arrived("tcp", "1-3", 310);
  assert.deepEqual(ledger.balance("tcp"), { arrived: 2, replayed: 0, doubled: 0, lost: ["1-2"], waiting: 1 });
  assert.equal(ledger.balance("sse").waiting, 4);
});

test("what was said before a wire came back, and arrives then, is replayed; what arrives again is doubled", () => {
  const ledger = new Ledger();
  ledger.sent("1-1", 100);
  ledger.sent("1-2", 200);
  ledger.arrived("sse", "1-1", 110);
  ledger.opened("sse", 300, "1-1");
  assert.equal(ledger.arrived("sse", "1-2", 310), "replayed");
  assert.equal(ledger.arrived("sse", "1-2", 320), "doubled");
  ledger.sent("1-3", 400);
  assert.equal(ledger.arrived("sse", "1-3", 405), "first");
  assert.deepEqual(ledger.balance("sse"), { arrived: 3, replayed: 1, doubled: 1, lost: [], waiting: 0 });
});

test("percentiles are values that occurred", () => {
  assert.equal(percentile([], 0.5), undefined);
  assert.equal(percentile([3, 1, 2], 0.5), 2);
  assert.equal(percentile([3, 1, 2], 0.99), 3);
});

test("the histogram counts everything once", () => {
  const counts = histogram([0, 0.5, 0.6, 1, 1e9]);
  assert.equal(counts[0], 3);
  assert.equal(counts[2], 1);
  assert.equal(counts.at(-1), 1);
  assert.equal(counts.length, EDGES.length);
});

test("bytes carry their kinds, and neighbours of one kind are joined", () => {
  const bytes = bytesOf({ hex: "3a0a0a64", spans: [["heartbeat", 3], ["framing", 100]] });
  assert.deepEqual(runs(bytes), [{ kind: "heartbeat", bytes: [0x3a, 0x0a, 0x0a] }, { kind: "framing", bytes: [0x64] }]);
});

test("sums and faults belong to the newest connection, and each side notices once", () => {
  const traffic = new Traffic();
  traffic.opened("sse", "sse-1", 0);
  traffic.fault("sse", "sse-1", "half-open", 100);
  assert.equal(traffic.noticed("sse", "server", 350), 250);
  assert.equal(traffic.noticed("sse", "server", 360), undefined);
  traffic.kept({ wire: "sse", connection: "sse-1", direction: "down", sent: 70, arrived: 20 });
  assert.equal(traffic.of("sse").sent.down - traffic.of("sse").arrived.down, 50);
  traffic.opened("sse", "sse-2", 400);
  traffic.bytes({ wire: "sse", connection: "sse-1", direction: "down", hex: "00", spans: [["framing", 1]], sent: 1, arrived: 1 }, 410);
  assert.equal(traffic.of("sse").down.framing, 0);
  assert.equal(traffic.of("sse").fault, null);
});

test("a fault lasts until it is healed, replaced or left behind, and goes on until now if it is not", () => {
  const entry = (key, at, fault) => ({ key, wire: "sse", at, values: { fault } });
  const entries = [entry("fault", 10, "stall"), entry("fault", 20, "cut"), { ...entry("fault", 25, "cut"), wire: "tcp" },
    entry("clientNoticed", 30), entry("resumed", 40), entry("fault", 50, "half-open")];
  assert.deepEqual(stretches(entries, "sse", 90), [
    { what: "fault", name: "stall", from: 10, to: 20 },
    { what: "fault", name: "cut", from: 20, to: 40 },
    { what: "away", name: undefined, from: 30, to: 40 },
    { what: "fault", name: "half-open", from: 50, to: 90 },
  ]);
  assert.deepEqual(stretches([...entries, entry("healed", 60)], "sse", 90).at(-1), { what: "fault", name: "half-open", from: 50, to: 60 });
});
