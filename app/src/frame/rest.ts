/**
 * Fetches the rest of the page after the first paint, so that every screen is there also when the kiln is lost later.
 * What cannot be fetched is tried again; the kiln's screen and the stop need none of it.
 */
import { store, useStore } from "../live/store";

type Rest = typeof import("../rest");

const rest = store<Rest | null>(null);
const AGAIN_MS = 3000;
let begun = false;

/** Fetches it, once. */
export function fetchRest(): void {
  if (begun) return;
  begun = true;
  import("../rest").then(
    (there) => rest.set(there),
    () => {
      begun = false;
      setTimeout(fetchRest, AGAIN_MS);
    },
  );
}

/** The rest of the page; null until it is there. */
export const useRest = (): Rest | null => useStore(rest);
