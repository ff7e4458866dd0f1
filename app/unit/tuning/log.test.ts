import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Machine } from "../../src/compute/machine";
import { readLog } from "../../src/screens/tuning/log";
import { verdictOf } from "../../src/screens/tuning/Result";

const wasm = (path = "../../src/compute/kiln.wasm") => readFileSync(new URL(path, import.meta.url));

const HEAD =
  "timestamp,elapsed_seconds,current_temp_c,target_temp_c,ssr_output_percent,state,step_name,step_index,total_steps,measured_rate_c_per_hour";

/** A kiln of 2 °C/% and 300 s behind 30 s, as a log would have it. */
function log(): string {
  const lines = [HEAD];
  let rise = 0;
  const power = (second: number) => (second < 0 ? 0 : second % 1200 < 600 ? 40 : 5);
  for (let second = 0; second < 3600; second += 1) {
    if (second % 5 === 0) {
      const at = `${String(Math.floor(second / 60)).padStart(2, "0")}:${String(second % 60).padStart(2, "0")}`;
      lines.push(
        `2025-01-01 10:${at},${second}.0,${(22 + rise).toFixed(2)},0.00,${power(second).toFixed(2)},TUNING,probe,0,4,0.0`,
      );
    }
    rise += (2 * power(second - 30) - rise) / 300;
  }
  return lines.join("\n");
}

test("a log is read and its kiln found", async () => {
  const read = readLog("a", `${log()}\n2025-01-01 11:00:00,1,,0,0,RECOVERY,,-1,,0\n`);
  expect(read?.rows).toHaveLength(720);
  const machine = await Machine.of(wasm());
  const { fit, noFit } = machine.analyse(read?.rows ?? [], 5);
  expect(noFit).toBeNull();
  expect(fit?.gain).toBeCloseTo(2, 1);
  expect(fit?.timeConstant).toBeGreaterThan(285);
  expect(fit?.timeConstant).toBeLessThan(315);
  expect(verdictOf(fit)).toBe("good");
  const gains = fit && machine.gains("simc", 0.3, fit);
  expect(gains?.kp).toBeGreaterThan(0);
  const steps = [
    { type: "ramp" as const, target_temp: 60, desired_rate: 100 },
    { type: "hold" as const, target_temp: 60, duration: 1800 },
  ];
  const ordered = { growth: 0, ambientC: 25, windowS: 5, maxTempC: 300, startC: 20 };
  const fired = gains && machine.fire(steps, fit?.kiln ?? [], { gains, ...ordered });
  expect(fired?.ended).toBe("complete");
  expect(fired?.overshootK).toBeLessThan(5);
  expect(fired?.times.length).toBeLessThanOrEqual(1600);
});

test("what is no log is refused, and a log that shows nothing by its reason", async () => {
  expect(readLog("a", "a,b\n1,2\n")).toBeNull();
  expect(readLog("a", "")).toBeNull();
  const machine = await Machine.of(wasm());
  const flat = Array.from({ length: 500 }, (_, at) => [at * 5, 22, 0, 0] as const);
  expect(machine.analyse(flat, 5)).toMatchObject({ fit: null, noFit: { why: "no_excitation" } });
  expect(verdictOf(null)).toBe("poor");
});
