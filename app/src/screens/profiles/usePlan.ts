/** What is known of a profile before it is fired: its plan, and what the fitted kiln would make of it. */
import { get } from "../../api/client";
import { compute } from "../../compute/client";
import { fitted } from "../../compute/kept";
import type { Fired, Plan, ProfileRefused } from "../../compute/machine";
import { type Computed, useComputed } from "../../compute/use";
import type { Config, ProfileStep } from "../../generated/wire";
import { useKiln } from "../../live/kiln";
import { useStore } from "../../live/store";

/** Where a plan begins that nobody has begun, °C. */
export const ROOM_C = 20;

let config: Promise<Config> | null = null;

/** The configuration, once for a visit; asked again when it did not come. */
export function configOnce(): Promise<Config> {
  config ??= get<Config>("/api/config").catch((error: unknown) => {
    config = null;
    throw error;
  });
  return config;
}

export function forgetConfig(): void {
  config = null;
}

export const isRefused = (plan: Plan | ProfileRefused | null): plan is ProfileRefused =>
  plan !== null && "why" in plan;

/** The plan from a kiln at `startC`. */
export function usePlan(steps: readonly ProfileStep[], startC: number): Computed<Plan | ProfileRefused> {
  return useComputed(() => compute("plan", steps, startC), [JSON.stringify(steps), startC]);
}

/** The profile on the fitted kiln with the gains in force; nothing without a fitted kiln. */
export function useTrial(steps: readonly ProfileStep[], sound: boolean): Computed<Fired | null> {
  const kiln = useStore(fitted);
  const maxTempC = useKiln((now) => now.info?.max_temp_c ?? 1300);
  const ask = async () => {
    if (!kiln) return null;
    const { control } = await configOnce();
    return compute("fire", steps, kiln.kiln, {
      gains: { kp: control.kp, ki: control.ki, kd: control.kd },
      growth: control.gain_growth_per_k,
      ambientC: control.gain_ambient_c,
      windowS: control.window_s,
      maxTempC,
      startC: ROOM_C,
    });
  };
  return useComputed(kiln && sound ? ask : null, [JSON.stringify(steps), kiln?.atMs, sound]);
}
