/**
 * Asks the kiln, once for all windows of this browser: the one that leads asks, the others are told. A controller has
 * few sockets, and a potter has many tabs.
 */
import { get, raw } from "../api/client";
import { freshId } from "../api/id";
import { shell } from "../api/transport";
import type { Info, Status } from "../generated/wire";
import { backOffMs, everyMs, kiln, linkOf } from "./kiln";
import { keep, kept } from "./store";

const LEADER = "kiln.leader";
/** A window that has not said so for that long leads no more. */
const LEASE_MS = 5000;
const TICK_MS = 500;

type Told =
  | { kind: "status"; status: Status; at: number }
  | { kind: "silent"; since: number }
  | { kind: "ask" };

const me = freshId();
let channel: BroadcastChannel | null = null;
let etag: string | null = null;
let failures = 0;
let nextAt = 0;
let asking = false;

/** Begins to watch the kiln; for as long as the page is there. */
export function watchKiln(): void {
  const around = shell();
  if (around?.watch) {
    around.watch((text) => take(JSON.parse(text) as Status, Date.now()));
  } else {
    channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("kiln");
    if (channel) channel.onmessage = (event: MessageEvent<Told>) => hear(event.data);
    addEventListener("online", pollNow);
    addEventListener("visibilitychange", () => {
      if (!document.hidden) pollNow();
    });
    addEventListener("pagehide", () => {
      if (kept(LEADER)?.startsWith(me)) keep(LEADER, null);
    });
  }
  setInterval(tick, TICK_MS);
  tick();
}

/** Asks at once: a command was sent, the network is back, somebody looks. */
export function pollNow(): void {
  failures = 0;
  nextAt = 0;
  if (leads()) void poll();
  else channel?.postMessage({ kind: "ask" } satisfies Told);
}

function hear(told: Told): void {
  if (told.kind === "status") take(told.status, told.at);
  else if (told.kind === "ask") {
    if (leads()) pollNow();
  } else kiln.set((now) => ({ ...now, silentSince: told.since }));
}

function tick(): void {
  age();
  if (shell()?.watch) return;
  if (leads() && Date.now() >= nextAt) void poll();
}

/** Whether this window asks; takes over from one that is gone or that nobody sees. */
function leads(): boolean {
  if (channel === null) return true;
  const now = Date.now();
  const [who, until, seen] = (kept(LEADER) ?? "").split(" ");
  const vacant = !who || Number(until) < now || (seen === "hidden" && !document.hidden);
  if (who !== me && !vacant) return false;
  keep(LEADER, `${me} ${now + LEASE_MS} ${document.hidden ? "hidden" : "seen"}`);
  return true;
}

async function poll(): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    const options = { quiet: true, urgent: true, headers: etag ? { "If-None-Match": `"${etag}"` } : {} };
    const reply = await raw("GET", "/api/status", undefined, options);
    if (reply.status === 200) {
      etag = reply.header("ETag")?.replaceAll('"', "") ?? null;
      tell(JSON.parse(await reply.text()) as Status);
    } else if (reply.status === 304) {
      const { status } = kiln.get();
      if (status) tell(status);
      else etag = null;
    } else if (reply.status === 401) {
      // Reading is private here: ask for a code once, then go on.
      etag = null;
      tell(await get<Status>("/api/status"));
    } else throw new Error(`${reply.status}`);
    failures = 0;
    nextAt = Date.now() + everyMs(kiln.get().status, document.hidden);
  } catch {
    failures += 1;
    nextAt = Date.now() + backOffMs(failures);
    const since = kiln.get().silentSince ?? Date.now();
    kiln.set((now) => ({ ...now, silentSince: since }));
    channel?.postMessage({ kind: "silent", since } satisfies Told);
  } finally {
    asking = false;
  }
}

function tell(status: Status): void {
  const at = Date.now();
  channel?.postMessage({ kind: "status", status, at } satisfies Told);
  take(status, at);
}

function take(status: Status, at: number): void {
  const before = kiln.get();
  kiln.set({ ...before, status, at, link: "live", silentSince: null });
  // A kiln that is met anew, or that has started again, may be another one.
  const again = before.info === null || before.link !== "live" || startedAgain(before.status, status);
  if (again) void meet();
}

const startedAgain = (before: Status | null, now: Status) =>
  before !== null && now.clock.control_ms < before.clock.control_ms;

/** Asks the kiln what it is: when it is met, and when its name or limits were changed here. */
export async function meet(): Promise<void> {
  try {
    const info = await get<Info>("/api/info", { quiet: true });
    kiln.set((now) => ({
      ...now,
      info,
      otherVersion: now.info !== null && now.info.version !== info.version,
    }));
  } catch {
    // With the next status.
  }
}

/** Time passes also when nothing is heard. */
function age(): void {
  kiln.set((now) => {
    const link = linkOf(now.at, Date.now(), everyMs(now.status, document.hidden));
    return link === now.link ? now : { ...now, link };
  });
}
