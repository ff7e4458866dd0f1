import type { Point } from "../../generated/wire";

/** The times in which the schedule clock stood still, s; what lasts less than `least` is not worth a mark. */
export function waits(points: readonly Point[], least: number): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let open: { from: number; to: number } | null = null;
  for (const point of points) {
    if (point[4] !== 1) {
      open = null;
      continue;
    }
    if (open === null) {
      const last = found.at(-1);
      // Short ones side by side are one.
      if (last && point[0] - last.to < least) open = last;
      else {
        open = { from: point[0], to: point[0] };
        found.push(open);
      }
    }
    open.to = point[0];
  }
  return found.filter(({ from, to }) => to - from >= least);
}
