import { expect, test } from "vitest";
import type { Point } from "../../src/generated/wire";
import { firstAt, rowsOf, stepsOf, timeBetween } from "../../src/screens/history/rows";

/** 100 °C/h to 200 °C, an hour there, 150 °C/h down to 100; a point a minute, a gap in the hold. */
const POINTS: Point[] = Array.from({ length: 209 }, (_, minute): Point => {
  const target = minute < 108 ? 20 + (minute * 100) / 60 : minute < 168 ? 200 : 200 - (minute - 168) * 2.5;
  if (minute > 120 && minute < 125) return [60 * minute, null, null, 0];
  return [60 * minute, target - 2, target, 40];
});

test("a firing becomes the steps that it was asked for", () => {
  expect(stepsOf(POINTS)).toEqual([
    { type: "ramp", target_temp: 200, desired_rate: 100 },
    { type: "hold", target_temp: 200, duration: 3600 },
    { type: "ramp", target_temp: 100, desired_rate: 150 },
  ]);
});

test("a ragged target still fits a profile", () => {
  const ragged = POINTS.map(([at, temp], row): Point => [at, temp, 400 + 80 * Math.sin(row), 10]);
  expect(stepsOf(ragged).length).toBeLessThanOrEqual(32);
  expect(stepsOf([])).toEqual([]);
});

test("times between temperatures", () => {
  expect(firstAt(POINTS, 198)).toBe(108 * 60);
  expect(firstAt(POINTS, 1000)).toBeNull();
  expect(timeBetween(POINTS, 100, 190)).toBeCloseTo(54 * 60, -2);
  expect(timeBetween(POINTS, 190, 100)).toBeNull();
});

test("a gap is no row", () => {
  expect(rowsOf(POINTS)).toHaveLength(205);
});
