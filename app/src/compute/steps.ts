/** A profile's steps as the numbers that are computed with: four for each, as `crates/kiln-wasm/src/steps.rs` says. */
import type { ProfileStep } from "../generated/wire";
import { CONES, coneAt, coneIndex } from "./cones";

const RAMP = 0;
const FULL = 1;
const HOLD = 2;
const CONE = 3;
const COOL = 4;
const OPEN = 5;
const EACH = 4;

/** What a ramp without a rate goes at, °C/h: the documents' own rule. */
export const RATE = 100;

/** Temperatures and rates are °C and °C/h here. */
export function toNumbers(steps: readonly ProfileStep[]): Float64Array {
  const numbers = new Float64Array(steps.length * EACH);
  steps.forEach((step, at) => {
    numbers.set(numbersOf(step), at * EACH);
  });
  return numbers;
}

function numbersOf(step: ProfileStep): [number, number, number, number] {
  const target = step.target_temp ?? Number.NaN;
  const least = step.min_rate ?? Number.NaN;
  if (step.type === "cooling") {
    return [step.target_temp === undefined ? OPEN : COOL, target, Number.NaN, Number.NaN];
  }
  if (step.type === "ramp") {
    return step.desired_rate === "full"
      ? [FULL, target, Number.NaN, least]
      : [RAMP, target, step.desired_rate ?? RATE, least];
  }
  return step.until_cone === undefined
    ? [HOLD, target, step.duration ?? Number.NaN, Number.NaN]
    : [CONE, target, step.longest_s ?? Number.NaN, coneIndex(step.until_cone) ?? CONES.length];
}

export function fromNumbers(numbers: Float64Array): ProfileStep[] {
  const steps: ProfileStep[] = [];
  for (let at = 0; at + EACH <= numbers.length; at += EACH) {
    const [kind = OPEN, target = 0, third = 0, fourth = 0] = numbers.subarray(at, at + EACH);
    steps.push(stepOf(kind, target, third, fourth));
  }
  return steps;
}

function stepOf(kind: number, target_temp: number, third: number, fourth: number): ProfileStep {
  const least = Number.isNaN(fourth) ? {} : { min_rate: fourth };
  switch (kind) {
    case RAMP:
      return { type: "ramp", target_temp, desired_rate: third, ...least };
    case FULL:
      return { type: "ramp", target_temp, desired_rate: "full", ...least };
    case HOLD:
      return { type: "hold", target_temp, duration: third };
    case CONE:
      return { type: "hold", target_temp, until_cone: coneAt(fourth) ?? "", longest_s: third };
    case COOL:
      return { type: "cooling", target_temp };
    default:
      return { type: "cooling" };
  }
}
