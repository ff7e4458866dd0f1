/**
 * What the kiln was asked to do, and what became of it. A command is done when the kiln says so and not before; one
 * whose answer did not come is asked for by its id, or sent again under the same key, so that it is done once.
 */
import { useCallback, useRef, useState } from "react";
import { get, type Options } from "../api/client";
import { freshId } from "../api/id";
import { Refused, Unreachable } from "../api/refused";
import type { CommandAnswer, ErrorBody } from "../generated/wire";
import { kiln } from "./kiln";
import { pollNow } from "./poll";

export type Fate =
  | { is: "none" }
  | { is: "pending" }
  | { is: "done" }
  | { is: "refused"; error: ErrorBody }
  /** Nobody knows: no answer came. */
  | { is: "unknown" };

const TRIES = 4;
const BETWEEN_MS = 700;
const WAIT_MS = 15_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Sends a command until its fate is known, or nobody can know. */
export async function command(ask: (options: Options) => Promise<CommandAnswer>): Promise<Fate> {
  const options = { key: freshId() };
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await ask(options);
      pollNow();
      return await outcome(answer);
    } catch (error) {
      if (error instanceof Refused) {
        pollNow();
        return { is: "refused", error: error.error };
      }
      if (!(error instanceof Unreachable)) throw error;
      if (tries >= TRIES) return { is: "unknown" };
      await pause(BETWEEN_MS * tries);
    }
  }
}

async function outcome(first: CommandAnswer): Promise<Fate> {
  const until = Date.now() + WAIT_MS;
  let answer = first;
  while (answer.state === "pending") {
    if (Date.now() > until) return { is: "unknown" };
    await pause(400);
    const brief = kiln.get().status?.commands.find((known) => known.id === answer.id);
    if (brief?.state === "done") return { is: "done" };
    try {
      answer = await get<CommandAnswer>(`/api/commands/${answer.id}`, { quiet: true });
    } catch {
      // Asked again until the time is over.
    }
  }
  if (answer.state === "done") return { is: "done" };
  return { is: "refused", error: answer.error ?? { code: "not_available", message: "", params: {} } };
}

/** A command's fate, and how to send one; the fate of the newest counts. */
export function useCommand(): [
  Fate,
  (ask: (options: Options) => Promise<CommandAnswer>) => Promise<Fate>,
  () => void,
] {
  const [fate, show] = useState<Fate>({ is: "none" });
  const newest = useRef(0);
  const send = useCallback(async (ask: (options: Options) => Promise<CommandAnswer>) => {
    newest.current += 1;
    const mine = newest.current;
    show({ is: "pending" });
    const became = await command(ask);
    if (mine === newest.current) show(became);
    return became;
  }, []);
  const forget = useCallback(() => show({ is: "none" }), []);
  return [fate, send, forget];
}
