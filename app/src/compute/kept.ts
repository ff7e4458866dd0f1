/** The kiln that was fitted last: kept in this browser, good for plans of this kiln until it is fitted again. */
import { keep, kept, store } from "../live/store";
import type { Fit } from "./machine";

export type Fitted = Omit<Fit, "beside"> & { run: string; atMs: number };

const KEY = "kiln.fitted";

function first(): Fitted | null {
  try {
    const fitted = JSON.parse(kept(KEY) ?? "null") as Fitted | null;
    return Array.isArray(fitted?.kiln) ? fitted : null;
  } catch {
    return null;
  }
}

export const fitted = store<Fitted | null>(first());

export function keepFitted(next: Fitted): void {
  fitted.set(next);
  keep(KEY, JSON.stringify(next));
}
