/** The rows of a firing's log, as points and as what is computed with. */
import { get, getText, named } from "../../api/client";
import type { Row } from "../../compute/machine";
import type { Point, ProfileStep, RunRows } from "../../generated/wire";

const PATIENCE_MS = 60_000;

export const runPath = (id: string, kind = ""): string => `/api/runs/${named(id)}${kind && `/${kind}`}`;

/** Rows further apart than this have a gap between them: the controller was off. */
const GAP_S = 120;

export async function runPoints(id: string): Promise<Point[]> {
  const { points } = await get<RunRows>(runPath(id, "json"), { patience: PATIENCE_MS });
  return points.flatMap((point, at) => {
    const before = points[at - 1];
    return before && point[0] - before[0] > GAP_S
      ? [[before[0] + 1, null, null, 0] as Point, point]
      : [point];
  });
}

export const runCsv = (id: string): Promise<string> => getText(runPath(id, "csv"), { patience: PATIENCE_MS });

export const rowsOf = (points: readonly Point[]): Row[] =>
  points.flatMap(([seconds, celsius, , percent]) =>
    celsius === null ? [] : [[seconds, celsius, percent, 0] as Row],
  );

/** When it was first as hot as that, s; null when it never was. */
export const firstAt = (points: readonly Point[], celsius: number): number | null =>
  points.find((point) => point[1] !== null && point[1] >= celsius)?.[0] ?? null;

/** The way from one temperature to another, s. */
export function timeBetween(points: readonly Point[], from: number, to: number): number | null {
  const begin = firstAt(points, from);
  const end = firstAt(points, to);
  return begin === null || end === null || end <= begin ? null : end - begin;
}

/** How far a straight line may be from what was asked for, K. */
const STRAIGHT_K = 3;
const STEPS_MOST = 32;
/** A slope below this is a hold, °C/h. */
const LEVEL = 4;

/** What a firing was asked for, as steps: corners of its targets, ramps and holds between them. */
export function stepsOf(points: readonly Point[]): ProfileStep[] {
  const asked = points
    .filter((point) => point[2] !== null)
    .map((point) => [point[0], point[2] ?? 0] as const);
  let corners: (readonly [number, number])[] = [];
  for (let slack = STRAIGHT_K; slack < 1000; slack *= 1.5) {
    corners = straightened(asked, slack);
    if (corners.length <= STEPS_MOST + 1) break;
  }
  return corners.slice(1).map(([at, target], index): ProfileStep => {
    const [before, from] = corners[index] ?? [0, target];
    const seconds = Math.max(1, at - before);
    const rate = (Math.abs(target - from) / seconds) * 3600;
    const target_temp = Math.round(target);
    if (rate < LEVEL) return { type: "hold", target_temp, duration: Math.round(seconds / 60) * 60 };
    return { type: "ramp", target_temp, desired_rate: Math.round(rate) };
  });
}

/** D. Douglas, T. Peucker 1973: the fewest corners that stay within `slack` of a line. */
function straightened(
  line: readonly (readonly [number, number])[],
  slack: number,
): (readonly [number, number])[] {
  const first = line[0];
  const last = line.at(-1);
  if (!first || !last || line.length < 3) return [...line];
  let worst = 0;
  let split = 0;
  line.forEach(([at, value], index) => {
    const straight = first[1] + ((last[1] - first[1]) * (at - first[0])) / Math.max(1e-9, last[0] - first[0]);
    const off = Math.abs(value - straight);
    if (off > worst) [worst, split] = [off, index];
  });
  if (worst <= slack) return [first, last];
  return [
    ...straightened(line.slice(0, split + 1), slack).slice(0, -1),
    ...straightened(line.slice(split), slack),
  ];
}
