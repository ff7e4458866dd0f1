/** What can be read off the status by plain arithmetic, for the figures of the kiln's screen. */
import type { Status } from "../../generated/wire";

export interface Behind {
  /** Target less temperature, K. */
  kelvin: number;
  /** How long the step's own rate takes for that, s; null where it has none. */
  seconds: number | null;
}

/** How far the kiln is behind its target; null while nothing is fired or nothing is known. */
export function behind(status: Status | null): Behind | null {
  if (status?.state !== "running" || status.run === null) return null;
  if (status.temp_c === null || status.target_c === null) return null;
  const { kind, rate_wanted_c_per_h: rate } = status.run.step;
  const short = status.target_c - status.temp_c;
  const kelvin = kind === "cooling" ? -short : short;
  const seconds = rate !== null && Math.abs(rate) > 1 ? (Math.abs(kelvin) / Math.abs(rate)) * 3600 : null;
  return { kelvin, seconds };
}

/** How long the hold or step still lasts by the schedule clock, s; null where only a temperature or a cone ends it. */
export function stepLeft(status: Status | null): number | null {
  const step = status?.run?.step;
  if (!step || step.hold_s === null) return null;
  return Math.max(0, step.hold_s - step.elapsed_s);
}
