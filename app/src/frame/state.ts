/** What the kiln is doing, in one word. */
import type { Status } from "../generated/wire";
import type { frameWords } from "./words";

export type StateKey = keyof (typeof frameWords)["en"]["state"];

export function stateKey(status: Status | null): StateKey {
  if (status === null) return "unknown";
  if (status.state !== "running") return status.state;
  const waiting = status.run?.waiting?.why;
  if (waiting === "paused") return "paused";
  if (waiting !== undefined) return "waiting";
  const kind = status.run?.step.kind;
  if (kind === "hold") return "holding";
  return kind === "cooling" ? "cooling" : "running";
}

/** Whether the temperature can be believed: a probe that fails now is not shown as its last value. */
export const isProbeOpen = (status: Status | null): boolean =>
  status !== null &&
  status.sensor_problem !== null &&
  status.sensor_problem !== "converting" &&
  (status.temp_c === null || (status.temp_age_s ?? 0) > 3);
