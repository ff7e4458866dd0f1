/** Which screen is shown: `#/profiles/Bisque`. A hash needs nothing of the kiln, and a phone can keep it. */
import { useEffect, useState } from "react";

export interface Route {
  screen: string;
  /** What follows, decoded. */
  rest: readonly string[];
}

export function parse(hash: string): Route {
  const [screen = "", ...rest] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
  return { screen: screen || "kiln", rest: rest.filter((part) => part !== "") };
}

/** The address of a screen. */
export const link = (screen: string, ...rest: string[]): string =>
  `#/${[screen, ...rest].map(encodeURIComponent).join("/")}`;

export function go(screen: string, ...rest: string[]): void {
  location.hash = link(screen, ...rest);
}

export function useRoute(): Route {
  const [route, show] = useState(() => parse(location.hash));
  useEffect(() => {
    const look = () => show(parse(location.hash));
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);
  return route;
}
