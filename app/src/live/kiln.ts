/**
 * What is known of the kiln, in one place. Never connected, live, stale and lost are four different things:
 * what was never seen is not old, and what is old is not shown as if it were now.
 */
import type { Info, Status } from "../generated/wire";
import { store, useStore } from "./store";

export type Link = "never" | "live" | "stale" | "lost";

export interface Kiln {
  link: Link;
  status: Status | null;
  /** When that status was true, on this browser's clock, epoch ms; null without one. */
  at: number | null;
  /** Since when the kiln has been asked in vain; null while it answers. */
  silentSince: number | null;
  info: Info | null;
  /** Whether the kiln has started again as another program since the page was loaded. */
  otherVersion: boolean;
}

export const kiln = store<Kiln>({
  link: "never",
  status: null,
  at: null,
  silentSince: null,
  info: null,
  otherVersion: false,
});

export const useKiln = <P>(pick: (kiln: Kiln) => P): P => useStore(kiln, pick);
export const useStatus = (): Status | null => useKiln((now) => now.status);

/** Whether a firing or a tuning is going on. */
export const isActive = (status: Status | null): boolean =>
  status !== null && (status.state === "running" || status.state === "tuning");

/** How often the kiln is asked, ms: less from a window that nobody sees. */
export function everyMs(status: Status | null, hidden: boolean): number {
  const every = isActive(status) ? 1000 : 3000;
  return hidden ? 2 * every : every;
}

/** How long until the next try after so many in vain, ms. */
export const backOffMs = (failures: number): number => Math.min(15_000, 500 * 2 ** Math.max(1, failures));

/** A status is stale after three missed polls, and the kiln lost after that many more that a person would wait for. */
const LOST_MS = 20_000;

export function linkOf(at: number | null, now: number, every: number): Link {
  if (at === null) return "never";
  const age = now - at;
  if (age <= 3 * every + 500) return "live";
  return age <= Math.max(LOST_MS, 6 * every) ? "stale" : "lost";
}

/** The kiln's own time of day at this moment, epoch ms; the browser's where the kiln does not know. */
export function kilnNow(now: Kiln = kiln.get()): number {
  const wall = now.status?.clock.wall_ms;
  if (wall === null || wall === undefined || now.at === null) return Date.now();
  return wall;
}
