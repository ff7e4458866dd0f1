import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CONES } from "../../src/compute/cones";
import { Machine } from "../../src/compute/machine";
import { fromNumbers, toNumbers } from "../../src/compute/steps";
import type { ProfileStep } from "../../src/generated/wire";

const file = (path: string) => readFileSync(new URL(path, import.meta.url));
const machine = () => Machine.of(file("../../src/compute/kiln.wasm"));

const STEPS: ProfileStep[] = [
  { type: "ramp", target_temp: 120, desired_rate: 60 },
  { type: "hold", target_temp: 120, duration: 3600 },
  { type: "ramp", target_temp: 1046, desired_rate: "full", min_rate: 20 },
  { type: "hold", target_temp: 1046, until_cone: "04", longest_s: 1800 },
  { type: "cooling", target_temp: 100 },
  { type: "cooling" },
];

test("steps come back as they went", () => {
  expect(fromNumbers(toNumbers(STEPS))).toEqual(STEPS);
});

test("the cones are those of the interface, in the order of kiln-core", async () => {
  const api = file("../../../docs/api/openapi.json").toString("utf8");
  const listed = api.match(/"until_cone"[\s\S]*?"enum": \[([^\]]*)\]/)?.[1];
  if (listed) expect((JSON.parse(`[${listed}]`) as unknown[]).filter(Boolean)).toEqual([...CONES]);
  const falls = await machine();
  const temps = CONES.map((_, at) => falls.coneFalls(at, 60)?.celsius ?? 0);
  expect(temps).toEqual([...temps].sort((a, b) => a - b));
  expect(falls.coneFalls(CONES.indexOf("6"), 60)).toEqual({ celsius: 1222, estimate: false });
  expect(falls.coneFalls(CONES.length, 60)).toBeNull();
});

test("a plan says when, how hot and which cone", async () => {
  const plan = (await machine()).plan(STEPS, 20);
  if ("why" in plan) throw new Error(plan.why);
  expect(plan.steps[1]).toEqual({ beginS: 6000, endS: 9600, fromC: 120, toC: 120 });
  expect(plan.peakC).toBe(1046);
  expect(plan.work?.cone).toBe("04");
});

test("a profile is refused by its step and field", async () => {
  const refused = (await machine()).plan([{ type: "ramp", target_temp: 2000, desired_rate: 10 }], 20);
  expect(refused).toEqual({ step: 0, field: "target", why: "too_high" });
  expect((await machine()).plan([], 20)).toEqual({ step: null, field: "steps", why: "empty" });
});

test("a hold takes its ramp along when it is pulled", async () => {
  const pulled = (await machine()).pull(STEPS, 1, 1800, 150, 20);
  expect(pulled.slice(0, 2)).toEqual([
    { type: "ramp", target_temp: 150, desired_rate: 60 },
    { type: "hold", target_temp: 150, duration: 1800 },
  ]);
});
