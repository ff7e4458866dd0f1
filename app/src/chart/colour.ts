/** Colours of the theme, for a canvas, which knows no custom properties. */
import { useEffect, useState } from "react";

export type Colour =
  | "temp"
  | "plan"
  | "power"
  | "text"
  | "quiet"
  | "line"
  | "accent"
  | "bad"
  | "good"
  | "raised"
  | "run1"
  | "run2"
  | "run3"
  | "run4";

/** The colour of that name; `share` of it, 0 to 1. */
export function colour(name: Colour, share = 1): string {
  const value = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  if (share >= 1) return value;
  const alpha = Math.round(share * 255)
    .toString(16)
    .padStart(2, "0");
  return /^#[0-9a-f]{6}$/i.test(value) ? `${value}${alpha}` : value;
}

const now = () => colour("text") + colour("raised");

/** Changes with the theme, which the page carries itself. */
export function useTheme(): string {
  const [theme, show] = useState(now);
  useEffect(() => {
    const look = () => show(now());
    look();
    const page = new MutationObserver(look);
    page.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => page.disconnect();
  }, []);
  return theme;
}
