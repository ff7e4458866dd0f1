/** What this viewer likes: language, unit, theme, sound. Kept in this browser; the kiln knows nothing of it. */
import { makeUnits, type Units } from "../units/format";
import { localeFor } from "../units/locale";
import { LANGUAGES, type Tongue } from "../words/table";
import { keep, kept, store, useStore } from "./store";

export type Unit = "c" | "f";
export type Theme = "system" | "light" | "dark";

/** What somebody may be told of quietly. */
export const ALERTS = ["step", "holdEnding", "complete", "safeToOpen"] as const;
export type Alert = (typeof ALERTS)[number];

export interface Viewer {
  tongue: Tongue;
  unit: Unit;
  theme: Theme;
  /** Whether alarms are heard; they are seen in any case. */
  sound: boolean;
  alerts: Readonly<Record<Alert, boolean>>;
}

const KEY = "kiln.viewer";

function first(): Viewer {
  const spoken = (navigator.languages ?? []).map((tag) => tag.slice(0, 2));
  const tongue = LANGUAGES.find(
    (language) => language === spoken.find((word) => LANGUAGES.some((l) => l === word)),
  );
  const delivered: Viewer = {
    tongue: tongue ?? "en",
    unit: (navigator.languages ?? [])[0]?.endsWith("-US") ? "f" : "c",
    theme: "system",
    sound: true,
    alerts: { step: false, holdEnding: true, complete: true, safeToOpen: true },
  };
  try {
    return { ...delivered, ...(JSON.parse(kept(KEY) ?? "{}") as Partial<Viewer>) };
  } catch {
    return delivered;
  }
}

export const viewer = store<Viewer>(first());

/** Changes what the viewer likes, from here on and next time. */
export function like(change: Partial<Viewer>): void {
  viewer.set((now) => ({ ...now, ...change }));
  const now = viewer.get();
  keep(KEY, JSON.stringify(now));
  // The page's first script reads this one before anything is drawn.
  keep("kiln.theme", now.theme === "system" ? null : now.theme);
  dress(now);
}

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", () => dress());

/** Puts theme and language on the page itself. */
export function dress(now: Viewer = viewer.get()): void {
  const page = document.documentElement;
  page.dataset.theme = now.theme === "system" ? (dark.matches ? "dark" : "light") : now.theme;
  page.lang = now.tongue === "pseudo" ? "en" : now.tongue;
}

export const useViewer = (): Viewer => useStore(viewer);

let units: { of: Viewer; units: Units } | undefined;

/** How figures are written for this viewer. */
export function unitsNow(): Units {
  const of = viewer.get();
  if (units?.of !== of) units = { of, units: makeUnits({ unit: of.unit, locale: localeFor(of.tongue) }) };
  return units.units;
}

/** The same, in a component. */
export function useUnits(): Units {
  useViewer();
  return unitsNow();
}
