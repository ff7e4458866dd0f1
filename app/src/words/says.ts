/** What went wrong, in the viewer's words. */
import { Refused, Unreachable } from "../api/refused";
import type { FaultView } from "../generated/wire";
import type { Fate } from "../live/command";
import { unitsNow, viewer } from "../live/viewer";
import { faultAsks, faultName, faultSays, faultWords } from "./faults";
import { refusalSays, refusalWords } from "./refusals";
import { wordsIn } from "./table";

/** Of anything that a call to the kiln throws. */
export function errorSays(error: unknown): string {
  const words = wordsIn(refusalWords, viewer.get().tongue);
  if (error instanceof Refused) return refusalSays(words, error.error, unitsNow());
  if (error instanceof Unreachable) return error.why === "no_answer" ? words.noAnswer : words.notUnderstood;
  return error instanceof Error ? error.message : String(error);
}

/** Of a command's fate; null while there is nothing bad to say. */
export function fateSays(fate: Fate): string | null {
  const words = wordsIn(refusalWords, viewer.get().tongue);
  if (fate.is === "refused") return refusalSays(words, fate.error, unitsNow());
  return fate.is === "unknown" ? words.noAnswer : null;
}

/** Of a fault: what is wrong, and what to do. */
export function faultTold(fault: FaultView): { name: string; wrong: string; act: string | null } {
  const words = wordsIn(faultWords, viewer.get().tongue);
  return {
    name: faultName(words, fault),
    wrong: faultSays(words, fault, unitsNow()),
    act: faultAsks(words, fault),
  };
}
