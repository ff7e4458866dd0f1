/** A profile as a line whose corners are pulled, by finger, mouse or arrow keys; the scales stand still meanwhile. */
import { useRef, useState } from "react";
import type { PlannedStep } from "../compute/machine";
import { useUnits } from "../live/viewer";
import type { Units } from "../units/format";
import { useWords } from "../words/use";
import { elapsedSays } from "./axes";
import { planAt } from "./Course";
import type { Area } from "./canvas";
import type { View } from "./gestures";
import { type Line, Plot } from "./Plot";
import { chartWords } from "./words";

/** What this kiln would do, where a fitted one is known. */
export interface Ghost {
  times: readonly number[];
  temps: readonly number[];
}

export interface EditorProps {
  plan: readonly PlannedStep[];
  startC: number;
  /** Steps before this one cannot be changed. */
  firstFree?: number;
  ghost?: Ghost | null;
  limitC?: number | null;
  chosen?: number | null;
  label: (step: number) => string;
  labels: { plan: string; ghost: string };
  onChoose?: (step: number) => void;
  /** The end of a step pulled so many seconds after its beginning to a temperature; `done` ends the pulling. */
  onPull: (step: number, seconds: number, celsius: number) => void;
  onDone: () => void;
  height?: number;
}

interface Place {
  left: number;
  top: number;
}

/** A corner snaps to whole minutes and to fives of the viewer's degrees. */
const SNAP_S = 60;
const SNAP_DEGREES = 5;

const snapTemp = (celsius: number, units: Units) =>
  units.fromShown(Math.round(units.toShown(celsius) / SNAP_DEGREES) * SNAP_DEGREES);

export function EditorChart(props: EditorProps) {
  const { plan, startC, firstFree = 0, ghost = null, limitC, chosen, labels, height = 280 } = props;
  const words = useWords(chartWords);
  const units = useUnits();
  const [places, setPlaces] = useState<readonly Place[]>([]);
  const [held, setHeld] = useState<{ step: number; view: View; span: View } | null>(null);
  const chart = useRef<Area | null>(null);
  const host = useRef<HTMLDivElement>(null);
  const length = plan.at(-1)?.endS ?? 3600;
  const hottest = plan.reduce((most, { toC }) => Math.max(most, toC), 200);
  const view = held?.view ?? { from: 0, to: Math.max(600, length * 1.06) };
  const span = held?.span ?? { from: Math.min(0, startC), to: hottest * 1.06 };

  const draw = (area: Area) => {
    chart.current = area;
    const next = plan.map(({ endS, toC }) => ({
      left: Math.round(area.x(endS)),
      top: Math.round(area.y(units.toShown(toC))),
    }));
    setPlaces((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next));
  };

  const pull = (step: number, x: number, y: number) => {
    const [area, planned, box] = [chart.current, plan[step], host.current?.getBoundingClientRect()];
    if (!area || !planned || !box) return;
    const seconds = area.valueX(x - box.left) - planned.beginS;
    const celsius = units.fromShown(area.valueY(y - box.top));
    props.onPull(step, Math.max(SNAP_S, Math.round(seconds / SNAP_S) * SNAP_S), snapTemp(celsius, units));
  };

  const nudge = (step: number, minutes: number, degrees: number) => {
    const planned = plan[step];
    if (!planned) return;
    const seconds = Math.max(SNAP_S, planned.endS - planned.beginS + minutes * 60);
    const shown = units.toShown(planned.toC) + degrees;
    props.onPull(step, seconds, degrees === 0 ? planned.toC : snapTemp(units.fromShown(shown), units));
    props.onDone();
  };

  return (
    <div className="chart-edit" ref={host}>
      <Plot
        {...linesOf(plan, ghost, labels)}
        summary={words.planned(units.temp(hottest), units.duration(length))}
        height={height}
        view={view}
        spanC={span}
        limitC={limitC ?? null}
        onDraw={draw}
        zooms={false}
        table={null}
      />
      <div className="vertices" style={{ height: `${height}px` }}>
        {apart(places, firstFree, chosen ?? null).map(({ place, step, size }) =>
          !plan[step] ? null : (
            <button
              type="button"
              key={step}
              className={`vertex${held?.step === step ? " held" : ""}${chosen === step ? " chosen" : ""}`}
              style={{
                left: `${place.left - size / 2}px`,
                top: `${place.top - size / 2}px`,
                width: `${size}px`,
                height: `${size}px`,
              }}
              aria-roledescription={words.handle}
              aria-label={words.point(
                `${step + 1}`,
                props.label(step),
                units.temp(plan[step]?.toC),
                elapsedSays(plan[step]?.endS ?? 0),
              )}
              title={words.pointHow}
              onFocus={() => props.onChoose?.(step)}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                event.currentTarget.focus({ preventScroll: true });
                setHeld({ step, view, span });
              }}
              onPointerMove={(event) => {
                if (held?.step === step) pull(step, event.clientX, event.clientY);
              }}
              onPointerUp={() => {
                setHeld(null);
                props.onDone();
              }}
              onPointerCancel={() => {
                setHeld(null);
                props.onDone();
              }}
              onKeyDown={(event) => {
                const by = arrow(event.key, event.shiftKey);
                if (!by) return;
                event.preventDefault();
                nudge(step, ...by);
              }}
            />
          ),
        )}
      </div>
    </div>
  );
}

/** A finger's width, and the least that a target may have, px. */
const FINGER = 44;
const LEAST = 26;

/**
 * The corners that can be told apart by a finger, the chosen one before all others; what lies closer is reached by its
 * row of the table, and is then the chosen one.
 */
export function apart(places: readonly Place[], firstFree: number, chosen: number | null) {
  const order = places.map((place, step) => ({ place, step })).filter(({ step }) => step >= firstFree);
  order.sort((a, b) => Number(b.step === chosen) - Number(a.step === chosen) || b.step - a.step);
  const shown: typeof order = [];
  const far = (a: Place, b: Place) => Math.max(Math.abs(a.left - b.left), Math.abs(a.top - b.top));
  for (const corner of order) {
    if (shown.every(({ place }) => far(place, corner.place) >= LEAST)) shown.push(corner);
  }
  return shown
    .map(({ place, step }) => {
      const others = shown.filter((other) => other.step !== step);
      return { place, step, size: Math.min(FINGER, ...others.map((other) => far(place, other.place))) };
    })
    .sort((a, b) => a.step - b.step);
}

/** Minutes and degrees that a key moves by. */
function arrow(key: string, far: boolean): [number, number] | null {
  const minutes = far ? 15 : 1;
  const degrees = far ? 25 : SNAP_DEGREES;
  switch (key) {
    case "ArrowLeft":
      return [-minutes, 0];
    case "ArrowRight":
      return [minutes, 0];
    case "ArrowUp":
      return [0, degrees];
    case "ArrowDown":
      return [0, -degrees];
    default:
      return null;
  }
}

function linesOf(
  plan: readonly PlannedStep[],
  ghost: Ghost | null,
  labels: { plan: string; ghost: string },
): { times: number[]; lines: Line[] } {
  const corners = plan.flatMap(({ beginS, endS }) => [beginS, endS]);
  const known = new Map((ghost?.times ?? []).map((time, at) => [time, ghost?.temps[at] ?? null]));
  const times = [...new Set([...corners, ...known.keys()])].sort((a, b) => a - b);
  // What is not known at a corner is no gap: it is drawn over.
  const ghostly = times.map((time) => known.get(time) as number | null);
  const planned = times.map((time) => planAt(plan, time));
  const lines: Line[] = [{ label: labels.plan, colour: "temp", values: planned }];
  if (ghost) lines.unshift({ label: labels.ghost, colour: "quiet", kind: "dashed", values: ghostly });
  return { times, lines };
}
