import { expect, test } from "vitest";
import { areaOf, nearest, stepOf } from "../../src/chart/canvas";

test("axes count in steps that people count in", () => {
  const cases: [number, number, number][] = [
    [100, 5, 20],
    [1060, 6, 200],
    [1, 4, 0.5],
    [7, 7, 1],
    [0.3, 3, 0.1],
  ];
  for (const [span, most, step] of cases) expect(stepOf(span, most), `${span}`).toBeCloseTo(step, 9);
});

test("a place on the canvas and its value are told from each other", () => {
  const axes = {
    x: [0, 3600] as const,
    y: [20, 220] as const,
    percent: true,
    ySays: String,
    xMarks: () => [],
    xSays: String,
  };
  const area = areaOf({} as CanvasRenderingContext2D, 400, 300, axes);
  expect(area.x(0)).toBe(area.left);
  expect(area.x(3600)).toBe(area.left + area.width);
  expect(area.y(20)).toBe(area.top + area.height);
  for (const value of [0, 17, 1800, 3600]) expect(area.valueX(area.x(value))).toBeCloseTo(value, 9);
  for (const value of [20, 33.3, 220]) expect(area.valueY(area.y(value))).toBeCloseTo(value, 9);
});

test("the nearest place", () => {
  const times = [0, 10, 20, 40];
  expect([-5, 4, 6, 29, 31, 99].map((time) => nearest(times, time))).toEqual([0, 0, 1, 2, 3, 3]);
  expect(nearest([], 1)).toBeNull();
});
