/**
 * Fewer points that look the same: of each stretch the lowest and the highest stay, so that no peak is lost; where
 * nothing was heard the gap stays a gap. (What largest-triangle thinning keeps, at a tenth of its arithmetic.)
 */
export const POINTS_MOST = 1600;

export type Value = number | null;

/** The places to keep, rising. `values` decides; what is null there ends a stretch. */
export function thinned(values: readonly Value[], most = POINTS_MOST): number[] {
  if (values.length <= most) return values.map((_, at) => at);
  const gaps = values.filter((value, at) => value === null && values[at - 1] !== null).length;
  const stretches = Math.max(1, Math.floor((most - 2 - Math.min(gaps, most / 4)) / 3));
  const each = values.length / stretches;
  const kept: number[] = [];
  const keep = (at: number | undefined) => {
    if (at !== undefined && at !== kept.at(-1)) kept.push(at);
  };
  keep(0);
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const end = Math.min(values.length, Math.floor((stretch + 1) * each));
    for (const at of extremes(values, Math.floor(stretch * each), end)) keep(at);
  }
  keep(values.length - 1);
  return kept;
}

/** Lowest, highest and the first gap of a stretch, in order. */
function extremes(values: readonly Value[], from: number, to: number): number[] {
  let low: number | undefined;
  let high: number | undefined;
  let gap: number | undefined;
  for (let at = from; at < to; at += 1) {
    const value = values[at];
    if (value === null || value === undefined) {
      if (gap === undefined && values[at - 1] !== null) gap = at;
      continue;
    }
    if (low === undefined || value < (values[low] as number)) low = at;
    if (high === undefined || value > (values[high] as number)) high = at;
  }
  return [low, high, gap].filter((at) => at !== undefined).sort((a, b) => a - b);
}

export const picked = <T>(all: readonly T[], places: readonly number[]): T[] =>
  places.map((at) => all[at] as T);
