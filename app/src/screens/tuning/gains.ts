/** Gains in force, and those of before: put in force, and taken back. */
import { patch } from "../../api/client";
import type { Gains } from "../../compute/machine";
import type { Config, ConfigSaved } from "../../generated/wire";
import { keep, kept, store } from "../../live/store";
import { forgetConfig } from "../profiles/usePlan";

export interface Before extends Gains {
  atMs: number;
}

const KEY = "kiln.gains.before";

function first(): Before | null {
  try {
    return JSON.parse(kept(KEY) ?? "null") as Before | null;
  } catch {
    return null;
  }
}

export const before = store<Before | null>(first());

function remember(next: Before | null): void {
  before.set(next);
  keep(KEY, next && JSON.stringify(next));
}

const put = (control: Gains): Promise<ConfigSaved> => {
  forgetConfig();
  return patch<ConfigSaved>("/api/config", { control });
};

/** The kiln takes single precision; more digits say nothing. */
const rounded = (value: number): number => Number(value.toPrecision(6));

/** Gains found about a temperature, as they are set: kiln-core's gain schedule multiplies them again there. */
export function atBase({ kp, ki, kd }: Gains, aboutC: number, { control }: Config): Gains {
  const factor = 1 + control.gain_growth_per_k * (aboutC - control.gain_ambient_c);
  return factor > 0 ? { kp: kp / factor, ki: ki / factor, kd: kd / factor } : { kp, ki, kd };
}

/** Puts gains in force and keeps those of before. */
export async function applyGains(gains: Gains, { control }: Config): Promise<void> {
  await put({ kp: rounded(gains.kp), ki: rounded(gains.ki), kd: rounded(gains.kd) });
  const { kp, ki, kd } = control;
  remember({ kp, ki, kd, atMs: Date.now() });
}

export async function revertGains({ kp, ki, kd }: Before): Promise<void> {
  await put({ kp, ki, kd });
  remember(null);
}
