/**
 * Stop: sent at once, again every half second until the kiln confirms it, and said to be unconfirmed while it is not.
 * No token is needed: off is the safe side.
 */
import { hasToken, raw } from "../api/client";
import { Refused, refusalOf } from "../api/refused";
import type { CommandAnswer, Status } from "../generated/wire";
import { isActive, kiln } from "./kiln";
import { pollNow } from "./poll";
import { store, useStore } from "./store";

export type Stop =
  | { is: "none" }
  | { is: "sending"; since: number; tries: number }
  /** Not confirmed for too long; still being sent. */
  | { is: "unconfirmed"; since: number; tries: number }
  | { is: "stopped"; wasActive: boolean };

export const AGAIN_MS = 500;
/** After that a person must be told to use the switch. */
export const UNCONFIRMED_MS = 2000;
const SHOWN_MS = 6000;

export const stop = store<Stop>({ is: "none" });
export const useStop = (): Stop => useStore(stop);

let running = false;

/** Stops the kiln. Calling it again while it is being stopped changes nothing. */
export async function stopNow(): Promise<void> {
  if (running) return;
  running = true;
  const since = Date.now();
  const wasActive = isActive(kiln.get().status);
  stop.set({ is: "sending", since, tries: 0 });
  for (let tries = 1; running; tries += 1) {
    const sent = Date.now();
    if (await once()) break;
    stop.set({ is: Date.now() - since > UNCONFIRMED_MS ? "unconfirmed" : "sending", since, tries });
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, AGAIN_MS - (Date.now() - sent))));
  }
  running = false;
  stop.set({ is: "stopped", wasActive });
  pollNow();
  setTimeout(() => stop.set((now) => (now.is === "stopped" ? { is: "none" } : now)), SHOWN_MS);
}

/** One try: whether the kiln says that it has stopped, or that nothing is fired. */
async function once(): Promise<boolean> {
  try {
    // Without a token a second stop within a second is turned away, because the first stands: the status tells.
    const reply = await raw("POST", "/api/stop", "{}", {
      headers: { "X-Kiln": "stop" },
      patience: hasToken() ? 1500 : 2500,
      urgent: true,
    });
    const text = await reply.text();
    if (reply.status < 300) {
      const answer = JSON.parse(text) as CommandAnswer;
      if (answer.state === "done") return true;
    } else {
      const refused = refusalOf(reply.status, text);
      if (refused instanceof Refused && refused.code === "not_running") return true;
    }
    const status = await raw("GET", "/api/status", undefined, { patience: 1500, urgent: true });
    return status.status === 200 && isCold(JSON.parse(await status.text()) as Status);
  } catch {
    return false;
  }
}

const isCold = (status: Status) =>
  !status.control.silent && !isActive(status) && status.relays_on.length === 0;
