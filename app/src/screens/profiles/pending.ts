/** A draft on its way to the editor: from a wizard, a copy, a firing. */
import type { Draft } from "./draft";

let waiting: Draft | null = null;

export function pending(draft: Draft): void {
  waiting = draft;
}

export function takePending(): Draft | null {
  const draft = waiting;
  waiting = null;
  return draft;
}
