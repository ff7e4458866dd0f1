/** The file that the page loads computes the bits of the controller's own code: `crates/kiln-wasm/tests/bits.rs`. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Machine } from "../../src/compute/machine";

interface Asked {
  ask: string;
  figures?: (number | null)[];
  arguments?: number[];
  answer: number;
  count: number;
  first: string[];
  digest: string;
}

const file = (path: string) => readFileSync(new URL(path, import.meta.url));
const WITH_FIGURES = new Set(["read_profile", "read_log", "log_work", "recall_kiln", "fire"]);

const bytesOf = (number: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(8));
  if (Number.isNaN(number)) view.setBigUint64(0, 0x7ff8000000000000n, true);
  else view.setFloat64(0, number, true);
  return new Uint8Array(view.buffer);
};

const hex = (number: number) =>
  [...bytesOf(number)]
    .reverse()
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

function digest(numbers: Float64Array): string {
  let hash = 0xcbf29ce484222325n;
  for (const number of numbers) {
    for (const byte of bytesOf(number)) {
      hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
    }
  }
  return hash.toString(16).padStart(16, "0");
}

test("the page computes the bits of the controller", async () => {
  const machine = await Machine.of(file("../../src/compute/kiln.wasm"));
  const all = JSON.parse(file("../../../crates/kiln-wasm/tests/bits.json").toString("utf8")) as Asked[];
  expect(all.length).toBeGreaterThan(38);
  for (const asked of all) {
    const figures = (asked.figures ?? []).map((figure) => figure ?? Number.NaN);
    const given = WITH_FIGURES.has(asked.ask) ? figures : null;
    const answer = machine.ask(asked.ask, given, ...(asked.arguments ?? []));
    const numbers = answer < 2 ? machine.numbers() : new Float64Array();
    const first = [...numbers.subarray(0, asked.first.length)].map(hex);
    const seen = { answer, count: numbers.length, first, digest: digest(numbers) };
    const { answer: wanted, count, first: begins, digest: all } = asked;
    expect(seen, `${asked.ask} ${asked.arguments}`).toEqual({
      answer: wanted,
      count,
      first: begins,
      digest: all,
    });
  }
});
