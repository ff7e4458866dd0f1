/** What the program around the page can be asked; `app/shell/src/commands.rs` answers. */

/** Why something did not happen. */
export type Refused =
  | "no_such_kiln"
  | "no_such_address"
  | "no_kiln"
  | "full"
  | "no_answer"
  | "not_understood";

export interface About {
  version: string;
  /** Whether the window can be closed and the watching goes on. */
  tray: boolean;
  /** Whether notifications reach the person. */
  notifies: boolean;
}

export interface TileAlarm {
  key: string;
  title: string;
  body: string;
  acknowledged: boolean;
}

export interface Doing {
  state: "idle" | "running" | "tuning" | "complete" | "error" | "other";
  temp_c: number | null;
  target_c: number | null;
  output_percent: number;
  probe_open: boolean;
  profile: string | null;
  step: number | null;
  steps: number | null;
  remaining_s: number | null;
  progress_percent: number | null;
}

export interface Tile {
  id: number;
  name: string;
  host: string;
  address: string;
  link: "never" | "live" | "stale" | "lost";
  why:
    | "no_answer"
    | "not_a_kiln"
    | "other_kiln"
    | "other_version"
    | "needs_pairing"
    | "busy"
    | "unreadable"
    | null;
  heard_s: number | null;
  trust: "unpaired" | "not_shown" | "known" | "unknown";
  simulated: boolean;
  doing: Doing | null;
  alarms: TileAlarm[];
  stop: "sending" | "not_confirmed" | "confirmed" | "given_up" | null;
}

export interface Found {
  name: string;
  host: string;
  address: string;
  version: string;
  simulated: boolean;
}

export interface PastPoint {
  at_ms: number;
  temp_c: number | null;
  target_c: number | null;
  after_gap: boolean;
}

declare global {
  interface Window {
    __TAURI__?: { core: { invoke<T>(command: string, words?: Record<string, unknown>): Promise<T> } };
  }
}

function ask<T>(command: string, words?: Record<string, unknown>): Promise<T> {
  const around = window.__TAURI__;
  return around ? around.core.invoke<T>(command, words) : Promise.reject("not_understood" satisfies Refused);
}

export const desk = {
  about: () => ask<About>("about"),
  kilns: () => ask<{ kilns: Tile[]; trouble: string | null }>("kilns"),
  find: () => ask<Found[]>("find"),
  add: (address: string) => ask<number>("add", { address }),
  forget: (kiln: number) => ask<void>("forget", { kiln }),
  stop: (kiln: number) => ask<void>("stop", { kiln }),
  acknowledge: (kiln: number, key: string) => ask<void>("acknowledge", { kiln, key }),
  past: (kiln: number) => ask<PastPoint[]>("past", { kiln }),
};

/** The page of one kiln. */
export const pageOf = (tile: Tile): string => `kiln.html?kiln=${tile.id}`;
