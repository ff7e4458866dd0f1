import { expect, test } from "vitest";
import { apart } from "../../src/chart/Editor";

const at = (...lefts: number[]) => lefts.map((left) => ({ left, top: 100 }));
const steps = (places: { left: number; top: number }[], firstFree = 0, chosen: number | null = null) =>
  apart(places, firstFree, chosen).map(({ step, size }) => [step, size]);

test("corners are no closer than a finger can tell, and none overlap", () => {
  expect(steps(at(0, 100, 200))).toEqual([
    [0, 44],
    [1, 44],
    [2, 44],
  ]);
  expect(steps(at(0, 30, 100))).toEqual([
    [0, 30],
    [1, 30],
    [2, 44],
  ]);
  expect(steps(at(0, 10, 100)).map(([step]) => step)).toEqual([1, 2]);
});

test("the chosen one is always there, and what is done never", () => {
  expect(steps(at(0, 10, 100), 0, 0).map(([step]) => step)).toEqual([0, 2]);
  expect(steps(at(0, 50, 100), 2).map(([step]) => step)).toEqual([2]);
});
