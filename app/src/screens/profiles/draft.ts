/** A profile while it is edited: one model behind table and chart, every change undone one by one. Always °C. */
import type { Profile, ProfileStep } from "../../generated/wire";
import { keep, kept } from "../../live/store";

export interface Draft {
  name: string;
  description: string;
  steps: readonly ProfileStep[];
}

export interface Editing {
  past: readonly Draft[];
  now: Draft;
  future: readonly Draft[];
  /** What the last change was part of: a drag is one change. */
  part: string | null;
}

const PAST_MOST = 100;

export const editing = (now: Draft): Editing => ({ past: [], now, future: [], part: null });

/** Changes of one `part` are undone together; null stands alone. */
export function changed(state: Editing, next: Draft, part: string | null = null): Editing {
  if (same(state.now, next)) return state;
  const together = part !== null && part === state.part;
  const past = together ? state.past : [...state.past, state.now].slice(-PAST_MOST);
  return { past, now: next, future: [], part };
}

export function undone(state: Editing): Editing {
  const now = state.past.at(-1);
  if (!now) return state;
  return { past: state.past.slice(0, -1), now, future: [state.now, ...state.future], part: null };
}

export function redone(state: Editing): Editing {
  const [now, ...future] = state.future;
  if (!now) return state;
  return { past: [...state.past, state.now], now, future, part: null };
}

export const same = (a: Draft, b: Draft): boolean => JSON.stringify(a) === JSON.stringify(b);

export const replaced = (steps: readonly ProfileStep[], at: number, step: ProfileStep): ProfileStep[] =>
  steps.map((known, index) => (index === at ? step : known));

export function moved(steps: readonly ProfileStep[], from: number, to: number): ProfileStep[] {
  const next = [...steps];
  const [step] = next.splice(from, 1);
  if (step) next.splice(to, 0, step);
  return next;
}

/** What a new step after these is likely to be. */
export function nextStep(steps: readonly ProfileStep[]): ProfileStep {
  const last = steps.findLast((step) => step.target_temp !== undefined);
  const target_temp = last?.target_temp ?? 100;
  if (last?.type === "ramp") return { type: "hold", target_temp, duration: 900 };
  return { type: "ramp", target_temp: target_temp + 100, desired_rate: 100 };
}

/** Of another kind, keeping what both have. */
export function asType(step: ProfileStep, kind: StepKind): ProfileStep {
  const target_temp = step.target_temp ?? 100;
  switch (kind) {
    case "ramp":
      return { type: "ramp", target_temp, desired_rate: 100 };
    case "full":
      return { type: "ramp", target_temp, desired_rate: "full" };
    case "hold":
      return { type: "hold", target_temp, duration: step.longest_s ?? 900 };
    case "cone":
      return { type: "hold", target_temp, until_cone: "04", longest_s: Math.max(60, step.duration ?? 1800) };
    case "cool":
      return { type: "cooling", target_temp };
    case "open":
      return { type: "cooling" };
  }
}

export type StepKind = "ramp" | "full" | "hold" | "cone" | "cool" | "open";

export function kindOf(step: ProfileStep): StepKind {
  if (step.type === "ramp") return step.desired_rate === "full" ? "full" : "ramp";
  if (step.type === "hold") return step.until_cone === undefined ? "hold" : "cone";
  return step.target_temp === undefined ? "open" : "cool";
}

/** Falls by 100 °C from the peak and stays there: the end that many glazes like. */
export function dropAndHold(steps: readonly ProfileStep[]): ProfileStep[] {
  const peak = steps.reduce((most, step) => Math.max(most, step.target_temp ?? 0), 0);
  const target_temp = Math.max(100, peak - 100);
  return [
    ...steps.filter((step) => kindOf(step) !== "open"),
    { type: "ramp", target_temp, desired_rate: 150 },
    { type: "hold", target_temp, duration: 1800 },
  ];
}

/** A document as a draft; one in Fahrenheit is turned. */
export function draftOf({ name, description, temp_units, steps }: Profile): Draft {
  const f = temp_units === "f";
  const temp = (value: number) => (f ? (value - 32) / 1.8 : value);
  const rate = (value: number) => (f ? value / 1.8 : value);
  const turned = steps.map((step): ProfileStep => {
    const next = { ...step };
    if (next.target_temp !== undefined) next.target_temp = temp(next.target_temp);
    if (typeof next.desired_rate === "number") next.desired_rate = rate(next.desired_rate);
    if (next.min_rate !== undefined) next.min_rate = rate(next.min_rate);
    return next;
  });
  return { name, description: description ?? "", steps: turned };
}

export function documentOf({ name, description, steps }: Draft): Profile {
  const text = description.trim();
  return {
    format: 1,
    name: name.trim(),
    ...(text ? { description: text } : {}),
    temp_units: "c",
    steps: [...steps],
  };
}

/** A draft that was not saved outlives the page. */
export interface KeptDraft {
  draft: Draft;
  etag: string | null;
}

const KEY = "kiln.draft.";

export function keptDraft(name: string): KeptDraft | null {
  try {
    return JSON.parse(kept(KEY + name) ?? "null") as KeptDraft | null;
  } catch {
    return null;
  }
}

export const keepDraft = (name: string, draft: KeptDraft | null): void =>
  keep(KEY + name, draft && JSON.stringify(draft));
