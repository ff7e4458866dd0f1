/** The firing that goes on, or went: the plan faint, what is, the power, where it waited, and now. */
import { useMemo, useState } from "react";
import type { PlannedStep } from "../compute/machine";
import type { Point } from "../generated/wire";
import { useUnits } from "../live/viewer";
import { useWords } from "../words/use";
import { Choice } from "./Choice";
import { type Band, type Line, Plot, timeSays } from "./Plot";
import { picked, thinned } from "./thin";
import { chartWords } from "./words";

type Shown = "half" | "two" | "all";
const SPANS: Record<Exclude<Shown, "all">, number> = { half: 1800, two: 7200 };

export interface Waiting {
  from: number;
  to: number;
}

export interface CourseProps {
  /** Seconds, °C, target °C, percent; a point without a temperature is a gap. */
  points: readonly Point[];
  /** What is planned, seconds of the same clock. */
  plan?: readonly PlannedStep[] | null;
  /** Where the plan begins on that clock, s: later when the schedule has waited. */
  planFrom?: number;
  /** Second of now; null when it is over. */
  now?: number | null;
  startedMs?: number | null;
  waiting?: readonly Waiting[];
  height?: number;
  /** Whether parts of it can be chosen. */
  tools?: boolean;
}

export function Course(props: CourseProps) {
  const {
    points,
    plan,
    planFrom = 0,
    now = null,
    startedMs = null,
    waiting = [],
    height = 300,
    tools = true,
  } = props;
  const words = useWords(chartWords);
  const units = useUnits();
  const [shown, setShown] = useState<Shown>("all");
  const [clock, setClock] = useState(false);
  const [at, setAt] = useState<number | null>(null);
  const { times, lines } = useMemo(
    () => courseLines(points, plan, planFrom, words),
    [points, plan, planFrom, words],
  );
  const bands = useMemo<Band[]>(
    () => waiting.map(({ from, to }) => ({ from, to, colour: "accent" })),
    [waiting],
  );
  const marks = useMemo(
    () => (now === null ? [] : [{ at: now, label: words.now, colour: "text" as const }]),
    [now, words],
  );
  const view = viewOf(shown, now ?? points.at(-1)?.[0] ?? 0);
  const clockFrom = clock ? startedMs : null;
  const place = at ?? lastKnown(points, times);
  return (
    <div className="stack tight">
      {tools ? (
        <div className="chart-tools">
          <Choice
            label={words.shown}
            value={shown}
            onChange={setShown}
            choices={{ half: words.half, two: words.two, all: words.all }}
          />
          {startedMs === null ? null : (
            <Choice
              label={words.axis}
              value={clock ? "clock" : "elapsed"}
              onChange={(axis) => setClock(axis === "clock")}
              choices={{ elapsed: words.elapsed, clock: words.clock }}
            />
          )}
        </div>
      ) : null}
      <Plot
        times={times}
        lines={lines}
        summary={summaryOf(points, plan, waiting, words, units)}
        height={height}
        bands={bands}
        marks={marks}
        clockFrom={clockFrom}
        onCursor={setAt}
        {...(view ? { view } : {})}
      />
      <p className="chart-legend" aria-hidden="true">
        {times.length === 0 ? words.nothing : <b>{timeSays(times[place] ?? 0, clockFrom, units)}</b>}
        {lines.map((line) => (
          <span key={line.label} className={line.colour}>
            {line.label}{" "}
            <b>
              {line.kind === "power" ? units.percent(line.values[place]) : units.temp(line.values[place])}
            </b>
          </span>
        ))}
      </p>
    </div>
  );
}

const viewOf = (shown: Shown, now: number) =>
  shown === "all"
    ? undefined
    : { from: Math.max(0, now - SPANS[shown]), to: Math.max(now, SPANS[shown]) + SPANS[shown] * 0.05 };

/** The last place that has a temperature. */
function lastKnown(points: readonly Point[], times: readonly number[]): number {
  const last = points.findLast((point) => point[1] !== null)?.[0] ?? 0;
  const place = times.findLastIndex((time) => time <= last);
  return Math.max(0, place);
}

/** The plan at a moment, °C. */
export function planAt(plan: readonly PlannedStep[], seconds: number): number | null {
  const step = plan.find(({ beginS, endS }) => seconds >= beginS && seconds <= endS);
  if (!step) return null;
  const length = step.endS - step.beginS;
  return length > 0 ? step.fromC + ((step.toC - step.fromC) * (seconds - step.beginS)) / length : step.toC;
}

/** The share of the whole time that power is a mean over: what a regulator does from second to second is no course. */
const POWER_PARTS = 240;

/** The mean power up to each point, by its second; null in a gap. */
export function meanPower(points: readonly Point[]): Map<number, number | null> {
  const over = ((points.at(-1)?.[0] ?? 0) - (points[0]?.[0] ?? 0)) / POWER_PARTS;
  const means = new Map<number, number | null>();
  let [from, sum] = [0, 0];
  points.forEach((point, at) => {
    if (point[1] === null) {
      [from, sum] = [at + 1, 0];
      means.set(point[0], null);
      return;
    }
    sum += point[3];
    for (let first = points[from]; first && first[0] < point[0] - over && from < at; first = points[from]) {
      sum -= first[3];
      from += 1;
    }
    means.set(point[0], sum / (at + 1 - from));
  });
  return means;
}

/** Points and plan on one axis of time. */
function courseLines(
  points: readonly Point[],
  plan: readonly PlannedStep[] | null | undefined,
  planFrom: number,
  words: { temp: string; target: string; plan: string; power: string },
): { times: number[]; lines: Line[] } {
  const kept = picked(points, thinned(points.map((point) => point[1])));
  const corners = (plan ?? []).flatMap(({ beginS, endS }) => [beginS + planFrom, endS + planFrom]);
  const known = new Map(kept.map((point) => [point[0], point]));
  const times = [...new Set([...known.keys(), ...corners])].sort((a, b) => a - b);
  const last = points.at(-1)?.[0] ?? 0;
  // A corner of the plan between two points is no gap of theirs: what is undefined is drawn over.
  const value = (time: number, place: 1 | 2) => {
    const point = known.get(time);
    if (point) return point[place];
    return time > last ? null : (undefined as unknown as null);
  };
  const power = meanPower(points);
  const powerAt = (time: number) => (known.has(time) ? power.get(time) : value(time, 1)) as number | null;
  const lines: Line[] = [
    { label: words.power, colour: "power", kind: "power", values: times.map(powerAt) },
    plan
      ? {
          label: words.plan,
          colour: "plan",
          kind: "faint",
          values: times.map((time) => planAt(plan, time - planFrom)),
        }
      : { label: words.target, colour: "plan", kind: "faint", values: times.map((time) => value(time, 2)) },
    { label: words.temp, colour: "temp", values: times.map((time) => value(time, 1)) },
  ];
  return { times, lines };
}

function summaryOf(
  points: readonly Point[],
  plan: readonly PlannedStep[] | null | undefined,
  waiting: readonly Waiting[],
  words: (typeof chartWords)["en"],
  units: ReturnType<typeof useUnits>,
): string {
  const temps = points.map((point) => point[1]).filter((temp) => temp !== null);
  const parts: string[] = [];
  if (temps.length > 0) {
    const length = (points.at(-1)?.[0] ?? 0) - (points[0]?.[0] ?? 0);
    const peak = temps.reduce((most, temp) => Math.max(most, temp), Number.NEGATIVE_INFINITY);
    parts.push(
      words.sum(units.temp(temps[0]), units.temp(temps.at(-1)), units.temp(peak), units.duration(length)),
    );
  }
  if (plan?.length) {
    const peak = plan.reduce((most, { toC }) => Math.max(most, toC), Number.NEGATIVE_INFINITY);
    parts.push(words.planned(units.temp(peak), units.duration(plan.at(-1)?.endS)));
  }
  if (waiting.length > 0) {
    const sum = waiting.reduce((all, { from, to }) => all + to - from, 0);
    parts.push(words.waited(units.duration(sum)));
  }
  return parts.join(" ") || words.nothing;
}
