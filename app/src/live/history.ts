/**
 * The course of the running or last firing: from the kiln when the page comes or has missed something, from each
 * status between. Where nothing was heard there is a gap, and no line is drawn across it.
 */
import { get } from "../api/client";
import type { History, Point, Status } from "../generated/wire";
import { everyMs, kiln } from "./kiln";
import { store, useStore } from "./store";

export interface Course {
  run: string | null;
  startedMs: number | null;
  /** Oldest first. A point without temperature is a gap: nothing is drawn across it. */
  points: readonly Point[];
}

export const course = store<Course>({ run: null, startedMs: null, points: [] });
export const useCourse = (): Course => useStore(course);

/** Above that many the kiln's own thinned history is asked for anew. */
const MOST = 2400;
const AGAIN_MS = 15_000;

let asking = false;
let askedAt = 0;
let heardAt = 0;
let offset: { run: string | null; ms: number } | null = null;

/** Keeps the course up to date; for as long as the page is there. */
export function watchCourse(): void {
  kiln.watch(() => {
    const { status, link, at } = kiln.get();
    if (status === null || link !== "live" || at === null || at === heardAt) return;
    const missed = heardAt !== 0 && at - heardAt > 3 * everyMs(status, document.hidden) + 500;
    heardAt = at;
    follow(status, missed);
  });
}

function follow(status: Status, missed: boolean): void {
  const run = status.run?.id ?? null;
  const now = course.get();
  if (run === null) return;
  if (run !== now.run || offset?.run !== run || now.points.length > MOST) {
    void refill(status);
    return;
  }
  if (status.state !== "running") return;
  const elapsed = (status.clock.control_ms - offset.ms) / 1000;
  const last = now.points.at(-1);
  if (last && elapsed <= last[0] + 1) return;
  const waits = status.run?.waiting ? 1 : 0;
  const point: Point = [elapsed, status.temp_c, status.target_c, status.output_percent, waits];
  const gap: Point[] = missed ? [[elapsed - 0.5, null, null, 0]] : [];
  course.set({ ...now, points: [...now.points, ...gap, point] });
  // What was not heard: the kiln has it.
  if (missed) void refill(status);
}

/** The kiln's points with a gap where it kept none for long: it was off. */
function withGaps({ points, every_s }: History): Point[] {
  return points.flatMap((point, at) => {
    const before = points[at - 1];
    const far = before !== undefined && point[0] - before[0] > Math.max(5 * every_s, 60);
    return far ? [[before[0] + every_s, null, null, 0] as Point, point] : [point];
  });
}

async function refill(status: Status): Promise<void> {
  if (asking || (Date.now() - askedAt < AGAIN_MS && course.get().run === (status.run?.id ?? null))) return;
  asking = true;
  askedAt = Date.now();
  try {
    const history = await get<History>("/api/history", { quiet: true, patience: 15_000 });
    const { status: latest } = kiln.get();
    const control = latest?.clock.control_ms ?? status.clock.control_ms;
    const end = history.points.at(-1)?.[0] ?? 0;
    const wall = latest?.clock.wall_ms ?? null;
    // The firing's own clock, seen from the clock of control.
    const began =
      history.started_ms !== null && wall !== null
        ? control - (wall - history.started_ms)
        : control - 1000 * end;
    offset = { run: history.run, ms: began };
    course.set({
      run: history.run,
      startedMs: history.started_ms,
      points: withGaps(history),
    });
  } catch {
    askedAt = 0;
  } finally {
    asking = false;
  }
}
