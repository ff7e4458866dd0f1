import { expect, it } from "vitest";
import { lineOf } from "../src/shell/Past";

const point = (at_ms: number, temp_c: number | null, after_gap = false) => ({
  at_ms,
  temp_c,
  target_c: null,
  after_gap,
});

it("draws no line across a gap or a reading that is missing", () => {
  const seen = [point(0, 20), point(1, 40), point(2, 30, true), point(3, null), point(4, 20)];
  expect(lineOf(seen, 100, 10)).toBe("M0.0 10.0L25.0 0.0M50.0 5.0M100.0 10.0");
});

it("draws what hardly changes as the little that it is", () => {
  expect(lineOf([point(0, 20), point(10, 21)], 100, 20)).toBe("M0.0 10.5L100.0 9.5");
});
