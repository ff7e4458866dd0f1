import { expect, test } from "vitest";
import { meanPower } from "../../src/chart/Course";
import type { Point } from "../../src/generated/wire";

const means = (points: Point[]) => [...meanPower(points).values()];

test("a short record is its own mean", () => {
  expect(means([])).toEqual([]);
  expect(
    means([
      [0, 20, 20, 0],
      [60, 21, 20, 100],
    ]),
  ).toEqual([0, 100]);
});

test("what switches within a stretch becomes its mean, and no gap is reached across", () => {
  const points = Array.from({ length: 2400 }, (_, at): Point => [at, 20, 20, at % 2 === 0 ? 0 : 100]);
  points[1200] = [1200, null, null, 0];
  const found = means(points);
  for (const mean of found.slice(100, 1200)) expect(Math.abs((mean ?? 0) - 50)).toBeLessThan(6);
  expect(found.slice(1199, 1202)).toEqual([50, null, 100]);
});
