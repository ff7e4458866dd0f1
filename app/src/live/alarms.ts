/**
 * Alarms: what nobody expected and somebody must see. Each is red and heard until it is acknowledged; acknowledging
 * is not clearing. Acknowledged is for this browser only.
 */
import type { FaultView, Status } from "../generated/wire";
import { isActive, type Kiln, kiln } from "./kiln";
import { keep, kept, store } from "./store";

export type Alarm =
  | { id: string; is: "fault"; fault: FaultView; latched: boolean }
  | { id: string; is: "lost"; since: number }
  | { id: string; is: "silent"; age: number };

const KEY = "kiln.acknowledged";
const MOST = 20;

export const acknowledged = store<readonly string[]>(read());

function read(): string[] {
  try {
    const list: unknown = JSON.parse(kept(KEY) ?? "[]");
    return Array.isArray(list) ? list.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

export function acknowledge(ids: readonly string[]): void {
  acknowledged.set((now) => [...new Set([...now, ...ids])].slice(-MOST));
  keep(KEY, JSON.stringify(acknowledged.get()));
}

/** What is alarming at this moment, worst first. */
export function alarmsOf({ status, link, at }: Kiln): Alarm[] {
  if (status === null) return [];
  const alarms: Alarm[] = [];
  const run = status.run?.id ?? "";
  const fault = (view: FaultView, latched: boolean) =>
    alarms.push({ id: `${view.code} ${run}`, is: "fault", fault: view, latched });
  if (status.fault) fault(status.fault, true);
  for (const guard of status.guards) {
    if (guard.code !== status.fault?.code && isAlarming(guard, status)) fault(guard, false);
  }
  if (status.control.silent)
    alarms.push({ id: `silent ${status.number}`, is: "silent", age: status.control.age_s });
  // A firing that nobody can see any more; it goes on, and a person should know that they do not see it.
  if (link === "lost" && isActive(status) && at !== null)
    alarms.push({ id: `lost ${at}`, is: "lost", since: at });
  return alarms;
}

/** A guard that withholds heat is expected of an idle kiln with an open lid, and not of one that is fired. */
function isAlarming(guard: FaultView, status: Status): boolean {
  if (guard.severity === "notice" || guard.kind === "lid_open") return false;
  return guard.severity !== "hold" || isActive(status);
}

/** Forgets what has gone, so that it is heard when it comes again. */
export function forgetGone(): void {
  const now = kiln.get();
  if (now.link !== "live") return;
  const there = new Set(alarmsOf(now).map((alarm) => alarm.id));
  const left = acknowledged.get().filter((id) => there.has(id));
  if (left.length !== acknowledged.get().length) {
    acknowledged.set(left);
    keep(KEY, JSON.stringify(left));
  }
}
