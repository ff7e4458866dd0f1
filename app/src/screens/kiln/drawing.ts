/** From points to lines: what is shown, how far the axes go, and where no line is drawn. */
import type { Point } from "../../generated/wire";

export type Span = "half" | "two" | "all";

/** A corner of the plan: time from the start, s, and °C. */
export type Planned = readonly [seconds: number, celsius: number];

const SPAN_S: Record<Span, number> = { half: 1800, two: 7200, all: Number.POSITIVE_INFINITY };

/** The points that are shown, at most four for each pixel column pair; lowest and highest of each stay. */
export function thinned(points: readonly Point[], span: Span, width: number): Point[] {
  const end = points.at(-1)?.[0] ?? 0;
  const from = Math.max(points[0]?.[0] ?? 0, end - SPAN_S[span]);
  const shown = points.filter(([s]) => s >= from);
  const most = Math.max(200, Math.round(width));
  if (shown.length <= most) return shown;
  const each = (end - from) / (most / 2) || 1;
  const kept: Point[] = [];
  let bucket: Point[] = [];
  let until = from + each;
  const empty = () => {
    const first = bucket[0];
    if (first === undefined) return;
    let [low, high] = [first, first];
    for (const point of bucket) {
      if ((point[1] ?? Number.POSITIVE_INFINITY) < (low[1] ?? Number.POSITIVE_INFINITY)) low = point;
      if ((point[1] ?? Number.NEGATIVE_INFINITY) > (high[1] ?? Number.NEGATIVE_INFINITY)) high = point;
    }
    const gap = bucket.find((point) => point[1] === null);
    const two = low === high ? [low] : low[0] < high[0] ? [low, high] : [high, low];
    kept.push(...two, ...(gap && !two.includes(gap) ? [gap] : []));
    bucket = [];
  };
  for (const point of shown) {
    while (point[0] > until) {
      empty();
      until += each;
    }
    bucket.push(point);
  }
  empty();
  return kept;
}

/** The ends of both axes: `[x0, x1, y0, y1]` in s and °C. */
export function bounds(
  points: readonly Point[],
  plan: readonly Planned[],
  span: Span,
): [number, number, number, number] {
  const x0 = points[0]?.[0] ?? 0;
  const end = points.at(-1)?.[0] ?? 0;
  const planned = span === "all" ? plan : plan.filter(([s]) => s >= x0 && s <= end);
  const x1 = Math.max(end, span === "all" ? (plan.at(-1)?.[0] ?? 0) : end, x0 + 60);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const see = (c: number | null) => {
    if (c === null) return;
    low = Math.min(low, c);
    high = Math.max(high, c);
  };
  for (const [, temp, target] of points) {
    see(temp);
    see(target);
  }
  for (const [, c] of planned) see(c);
  if (!Number.isFinite(low)) return [x0, x1, 0, 100];
  const room = Math.max(5, (high - low) * 0.06);
  return [x0, x1, low - room < 30 && low >= 0 ? Math.min(0, low) : low - room, high + room];
}

/** Round values from `from` to `to`, `step` apart. */
export function ticks(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step);
  return Array.from(
    { length: Math.max(0, Math.floor(to / step) - first + 1) },
    (_, at) => (first + at) * step,
  );
}

/** Minutes that people count in: no 0.6 h. */
const STEPS_S = [60, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

export const timeStep = (seconds: number, most: number): number =>
  STEPS_S.find((step) => seconds / step <= most) ?? 172_800;

type Place = (value: number) => number;

/** A line through what is known; it ends where nothing was. */
function line(points: readonly (readonly [number, number | null])[], x: Place, y: Place): string {
  let pen = false;
  let drawn = "";
  for (const [s, value] of points) {
    if (value === null) {
      pen = false;
      continue;
    }
    drawn += `${pen ? "L" : "M"}${x(s).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = true;
  }
  return drawn;
}

export function paths(
  points: readonly Point[],
  plan: readonly Planned[],
  x: Place,
  y: Place,
  power: Place,
  ground: number,
): { temp: string; target: string; plan: string; power: string } {
  const [first, last] = [points[0], points.at(-1)];
  const top = line(
    points.map(([s, , , percent]) => [s, percent] as const),
    x,
    power,
  );
  return {
    temp: line(
      points.map(([s, temp]) => [s, temp] as const),
      x,
      y,
    ),
    target: line(
      points.map(([s, , target]) => [s, target] as const),
      x,
      y,
    ),
    plan: line(plan, x, y),
    power:
      first && last ? `${top}L${x(last[0]).toFixed(1)} ${ground}L${x(first[0]).toFixed(1)} ${ground}Z` : "",
  };
}

/** The times in which the schedule clock stood still: from and to, s. Short ones side by side are one. */
export function waits(points: readonly Point[], least: number): [number, number][] {
  const found: [number, number][] = [];
  let since: number | null = null;
  let before = 0;
  for (const point of points) {
    const s = point[0];
    if (point[4] === 1) since ??= s;
    else if (since !== null) {
      push(found, since, before, least);
      since = null;
    }
    before = s;
  }
  if (since !== null) push(found, since, before, least);
  return found.filter(([from, to]) => to - from >= least);
}

function push(found: [number, number][], from: number, to: number, least: number): void {
  const last = found.at(-1);
  if (last && from - last[1] < least) last[1] = to;
  else found.push([from, to]);
}
