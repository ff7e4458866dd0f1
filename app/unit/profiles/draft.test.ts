import { describe, expect, test } from "vitest";
import type { ProfileStep } from "../../src/generated/wire";
import {
  asType,
  changed,
  documentOf,
  draftOf,
  dropAndHold,
  editing,
  kindOf,
  moved,
  nextStep,
  redone,
  type StepKind,
  undone,
} from "../../src/screens/profiles/draft";

const STEPS: ProfileStep[] = [
  { type: "ramp", target_temp: 600, desired_rate: 100 },
  { type: "hold", target_temp: 600, duration: 900 },
  { type: "cooling" },
];
const DRAFT = { name: "Bisque", description: "", steps: STEPS };
const named = (name: string) => ({ ...DRAFT, name });

test("every change is undone and done again", () => {
  let state = editing(DRAFT);
  for (const name of ["a", "b", "c"]) state = changed(state, named(name));
  state = undone(undone(state));
  expect(state.now.name).toBe("a");
  expect(redone(state).now.name).toBe("b");
  const other = changed(state, named("d"));
  expect(redone(other)).toBe(other);
  expect(undone(undone(undone(other))).now.name).toBe("Bisque");
});

test("a drag is one change, and the next drag another", () => {
  let state = editing(DRAFT);
  for (const name of ["a", "ab", "abc"]) state = changed(state, named(name), "pull1.0");
  state = changed(state, named("abcd"), "pull1.1");
  expect(state.past).toHaveLength(2);
  expect(undone(state).now.name).toBe("abc");
  expect(undone(undone(state)).now.name).toBe("Bisque");
});

test("what is the same is no change", () => {
  const state = editing(DRAFT);
  expect(changed(state, { ...DRAFT, steps: [...STEPS] })).toBe(state);
});

test("a step keeps what its new kind has as well", () => {
  const kinds: StepKind[] = ["ramp", "full", "hold", "cone", "cool", "open"];
  for (const step of STEPS) {
    for (const kind of kinds) expect(kindOf(asType(step, kind))).toBe(kind);
  }
  expect(asType(STEPS[1] as ProfileStep, "cone")).toMatchObject({ target_temp: 600, longest_s: 900 });
});

test("steps move, and the next one follows from the last", () => {
  expect(moved(STEPS, 0, 2).map((step) => step.type)).toEqual(["hold", "cooling", "ramp"]);
  expect(nextStep(STEPS.slice(0, 1))).toMatchObject({ type: "hold", target_temp: 600 });
  expect(nextStep(STEPS.slice(0, 2))).toMatchObject({ type: "ramp", target_temp: 700 });
  expect(dropAndHold(STEPS).at(-1)).toMatchObject({ type: "hold", target_temp: 500 });
  expect(dropAndHold(STEPS).some((step) => kindOf(step) === "open")).toBe(false);
});

describe("documents", () => {
  test("come back as they went", () => {
    expect(draftOf(documentOf(DRAFT))).toEqual(DRAFT);
    expect(documentOf({ ...DRAFT, description: " " })).not.toHaveProperty("description");
  });
  test("in Fahrenheit are turned, rates without the 32", () => {
    const steps: ProfileStep[] = [{ type: "ramp", target_temp: 212, desired_rate: 180, min_rate: 18 }];
    const draft = draftOf({ format: 1, name: "F", temp_units: "f", steps });
    expect(draft.steps).toEqual([{ type: "ramp", target_temp: 100, desired_rate: 100, min_rate: 10 }]);
  });
});
