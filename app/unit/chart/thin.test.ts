import { expect, test } from "vitest";
import { elapsedSays, timeSplits, timeStep } from "../../src/chart/axes";
import { POINTS_MOST, picked, thinned, type Value } from "../../src/chart/thin";

/** Twelve hours of a firing, a point every 5 s: a climb with ripple, one spike, one gap of ten minutes. */
const FIRING: Value[] = Array.from({ length: 8640 }, (_, at) => {
  if (at >= 4000 && at < 4120) return null;
  if (at === 5555) return 1287;
  return 20 + at * 0.12 + Math.sin(at / 3);
});

test("twelve hours are drawn with at most 1,600 points, and no peak is lost", () => {
  const places = thinned(FIRING);
  expect(places.length).toBeLessThanOrEqual(POINTS_MOST);
  expect(places.length).toBeGreaterThan(1000);
  expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
  expect(places[0]).toBe(0);
  expect(places.at(-1)).toBe(8639);
  expect(picked(FIRING, places)).toContain(1287);
});

test("a gap stays a gap", () => {
  const places = thinned(FIRING);
  const gap = places.findIndex((place) => FIRING[place] === null);
  expect(gap).toBeGreaterThan(0);
  expect(FIRING[places[gap - 1] ?? 0]).not.toBeNull();
});

test("many short gaps leave room for what is there", () => {
  const torn = FIRING.map((value, at) => (at % 10 === 0 ? null : value));
  expect(thinned(torn).length).toBeLessThanOrEqual(POINTS_MOST);
});

test("few points stay as they are", () => {
  expect(thinned([1, null, 3])).toEqual([0, 1, 2]);
  expect(thinned([])).toEqual([]);
});

test("clocks are marked at whole quarters and hours", () => {
  const spans: [number, number][] = [
    [1800, 300],
    [7200, 900],
    [6 * 3600, 3600],
    [12 * 3600, 7200],
    [48 * 3600, 6 * 3600],
  ];
  for (const [span, wanted] of spans) expect(timeStep(span, 8), `${span}`).toBe(wanted);
  expect(timeSplits(100, 7300, 5)).toEqual([1800, 3600, 5400, 7200]);
  // 08:20 on the clock: the marks are at the hour, not at 20 past.
  expect(timeSplits(0, 7200, 3, 8 * 3600 + 1200)).toEqual([2400, 6000]);
});

test("elapsed time", () => {
  expect([0, 59, 3600, 45_296, -1800].map(elapsedSays)).toEqual(["0:00", "0:01", "1:00", "12:35", "−0:30"]);
});
