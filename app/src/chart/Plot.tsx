/**
 * One chart over the time of a firing: lines, an area of power on its own axis, shaded stretches, marks. Temperatures
 * come in °C and are drawn in the viewer's unit. Whoever cannot see it has the summary and the table.
 */
import { useEffect, useId, useRef, useState } from "react";
import { useUnits } from "../live/viewer";
import type { Units } from "../units/format";
import { useWords } from "../words/use";
import { elapsedSays, timeSplits } from "./axes";
import { type Area, draw, nearest, type Stroke } from "./canvas";
import "./chart.css";
import { type Colour, colour, useTheme } from "./colour";
import { gestures, type View } from "./gestures";
import type { Value } from "./thin";
import { chartWords } from "./words";

export interface Line {
  label: string;
  /** °C, or percent for `power`. */
  values: readonly Value[];
  colour: Colour;
  kind?: "line" | "dashed" | "faint" | "power" | "points";
}

export interface Band {
  from: number;
  to: number;
  colour: Colour;
}

export interface Mark {
  at: number;
  label?: string;
  colour: Colour;
}

export interface PlotProps {
  /** Seconds since the beginning, rising. */
  times: readonly number[];
  lines: readonly Line[];
  /** What can be seen, in a sentence. */
  summary: string;
  height?: number;
  /** The part of the time that is shown; all of it where it is left out. */
  view?: View;
  /** Epoch ms of second 0: the axis is then the time of day. */
  clockFrom?: number | null;
  bands?: readonly Band[];
  marks?: readonly Mark[];
  /** A level, °C: the hottest this kiln may get. */
  limitC?: number | null;
  /** The least span of the temperature axis, °C. */
  spanC?: View;
  /** Charts of one name share their crosshair. */
  together?: string;
  /** Temperatures are differences, K. */
  differences?: boolean;
  /** What the cursor is at; null when it is nowhere. */
  onCursor?: (index: number | null) => void;
  /** Tells where things are, after every drawing. */
  onDraw?: (area: Area) => void;
  /** Whether two fingers and the wheel zoom. */
  zooms?: boolean;
  /** Rows of the table; the lines themselves where it is left out. */
  table?: React.ReactNode;
}

/** Charts that share their crosshair: each is told the time under the cursor of the others. */
const groups = new Map<string, Set<(time: number | null) => void>>();

export function Plot(props: PlotProps) {
  const { times, summary, height = 280, zooms = true, together } = props;
  const words = useWords(chartWords);
  const units = useUnits();
  const theme = useTheme();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const area = useRef<Area | null>(null);
  const [width, setWidth] = useState(0);
  const [zoom, setZoom] = useState<View | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const latest = useRef({ props, zoom });
  latest.current = { props, zoom };

  useEffect(() => {
    const host = box.current;
    if (!host) return;
    const size = () => setWidth(host.clientWidth);
    const resize = new ResizeObserver(size);
    resize.observe(host);
    size();
    return () => resize.disconnect();
  }, []);

  // The cursor, here and on the charts beside it.
  useEffect(() => {
    const host = box.current;
    if (!host) return;
    const seen = (time: number | null) => {
      const { props } = latest.current;
      const at = time === null ? null : nearest(props.times, time);
      setCursor(at);
      props.onCursor?.(at);
    };
    const group = together === undefined ? new Set<typeof seen>() : (groups.get(together) ?? new Set());
    group.add(seen);
    if (together !== undefined) groups.set(together, group);
    const leave = gestures(host, {
      area: () => area.current ?? { left: 0, width: host.clientWidth },
      shown: () => viewOf(latest.current.props, latest.current.zoom),
      whole: () => viewOf(latest.current.props, null),
      show: (view) => zooms && setZoom(view),
      point: (x) => {
        const time = x === null ? null : (area.current?.valueX(x) ?? null);
        for (const tell of group) tell(time);
      },
    });
    return () => {
      leave();
      group.delete(seen);
    };
  }, [together, zooms]);

  useEffect(() => {
    const [host, paper] = [box.current, canvas.current];
    if (!host || !paper || width === 0) return;
    const begun = performance.now();
    area.current = picture(paper, width, height, props, units, viewOf(props, zoom), cursor);
    host.dataset.points = `${times.length}`;
    host.dataset.drawMs = (performance.now() - begun).toFixed(1);
    if (area.current) props.onDraw?.(area.current);
  });

  return (
    <figure className="chart" data-theme-of={theme}>
      <div
        role="img"
        aria-labelledby={id}
        ref={box}
        className={zooms ? "chart-box" : "chart-box still"}
        style={{ height: `${height}px` }}
      >
        <canvas ref={canvas} style={{ width: "100%", height: `${height}px` }} />
      </div>
      <figcaption id={id} className="unseen">
        {summary}
      </figcaption>
      {zoom ? (
        <button type="button" className="chart-whole" onClick={() => setZoom(null)}>
          {words.whole}
        </button>
      ) : null}
      {props.table === undefined ? (
        <details className="chart-table">
          <summary>{words.table}</summary>
          <Rows {...props} units={units} />
        </details>
      ) : (
        props.table
      )}
    </figure>
  );
}

/** Twenty-odd rows of what is drawn. */
function Rows({ times, lines, units, clockFrom, differences }: PlotProps & { units: Units }) {
  const words = useWords(chartWords);
  const every = Math.max(1, Math.ceil(times.length / 24));
  const at = times
    .map((_, index) => index)
    .filter((index) => index % every === 0 || index === times.length - 1);
  const say = (line: Line, value: Value | undefined) =>
    line.kind === "power" ? units.percent(value) : differences ? units.delta(value, 1) : units.temp(value);
  return (
    <section className="chart-rows" tabIndex={0} aria-label={words.table}>
      <table>
        <thead>
          <tr>
            <th scope="col">{clockFrom == null ? words.elapsed : words.clock}</th>
            {lines.map((line) => (
              <th scope="col" key={line.label}>
                {line.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {at.map((index) => (
            <tr key={index}>
              <th scope="row">{timeSays(times[index] ?? 0, clockFrom, units)}</th>
              {lines.map((line) => (
                <td key={line.label}>{say(line, line.values[index])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export const timeSays = (seconds: number, clockFrom: number | null | undefined, units: Units): string =>
  clockFrom == null ? elapsedSays(seconds) : units.clock(clockFrom + 1000 * seconds, clockFrom);

/** What is shown: the zoom, else the wanted view, else everything. */
function viewOf({ times, view }: PlotProps, zoom: View | null): View {
  if (zoom) return zoom;
  if (view) return view;
  const from = times[0] ?? 0;
  return { from, to: Math.max(times.at(-1) ?? 0, from + 60) };
}

/** Draws it, and says where things are. */
function picture(
  paper: HTMLCanvasElement,
  width: number,
  height: number,
  props: PlotProps,
  units: Units,
  view: View,
  cursor: number | null,
): Area | null {
  const { times, lines, clockFrom, differences } = props;
  const shown = differences ? units.deltaToShown : units.toShown;
  const strokes = lines.map((line) => strokeOf(line, shown));
  const offset = clockFrom == null ? 0 : clockFrom / 1000 - new Date(clockFrom).getTimezoneOffset() * 60;
  return draw(paper, width, height, {
    times,
    strokes,
    cursor,
    axes: {
      x: [view.from, view.to],
      y: rangeOf(props, strokes, shown),
      percent: lines.some((line) => line.kind === "power"),
      ySays: (value, step) => units.number(value, step < 1 ? 1 : 0, false),
      xMarks: (wide) => timeSplits(view.from, view.to, wide / 62, offset),
      xSays: (value) => timeSays(value, clockFrom, units),
    },
    look: {
      text: colour("quiet"),
      grid: colour("line"),
      ground: colour("raised"),
      font: getComputedStyle(paper).fontFamily,
    },
    under: (area) => shade(area, props.bands ?? []),
    over: (area) => mark(area, props, units),
  });
}

function strokeOf({ values, kind = "line", colour: name }: Line, shown: (value: number) => number): Stroke {
  if (kind === "power") {
    return { values, stroke: colour(name, 0.7), width: 1, fill: colour(name, 0.2), percent: true };
  }
  const inUnit = values.map((value) => (typeof value === "number" ? shown(value) : value));
  const plain: Stroke = { values: inUnit, stroke: colour(name), width: 2 };
  switch (kind) {
    case "dashed":
      return { ...plain, dash: [6, 4] };
    case "faint":
      return { ...plain, stroke: colour(name, 0.75), width: 1.5 };
    case "points":
      return { ...plain, dots: true };
    default:
      return plain;
  }
}

/** Room above and below, never less than was asked for. */
function rangeOf(
  { spanC, differences = false }: PlotProps,
  strokes: readonly Stroke[],
  shown: (value: number) => number,
): [number, number] {
  let from = spanC ? shown(spanC.from) : Number.POSITIVE_INFINITY;
  let to = spanC ? shown(spanC.to) : Number.NEGATIVE_INFINITY;
  for (const { values, percent } of strokes) {
    if (percent) continue;
    for (const value of values) {
      if (typeof value !== "number") continue;
      if (value < from) from = value;
      if (value > to) to = value;
    }
  }
  if (!Number.isFinite(from) || !Number.isFinite(to)) return [0, 100];
  const room = Math.max((to - from) * 0.06, differences ? 0.5 : 4);
  return [!differences && from >= 0 && from - room < 0 ? 0 : from - room, to + room];
}

function shade(area: Area, bands: readonly Band[]): void {
  for (const { from, to, colour: name } of bands) {
    const left = area.x(from);
    area.paint.fillStyle = colour(name, 0.14);
    area.paint.fillRect(left, area.top, Math.max(2, area.x(to) - left), area.height);
  }
}

function mark(area: Area, { marks = [], limitC }: PlotProps, units: Units): void {
  const { paint, left, top, width, height } = area;
  const line = (x1: number, y1: number, x2: number, y2: number) => {
    paint.beginPath();
    paint.moveTo(x1, y1);
    paint.lineTo(x2, y2);
    paint.stroke();
  };
  paint.lineWidth = 1;
  if (limitC != null) {
    paint.strokeStyle = colour("bad", 0.8);
    paint.setLineDash([3, 3]);
    line(left, area.y(units.toShown(limitC)), left + width, area.y(units.toShown(limitC)));
    paint.setLineDash([]);
  }
  for (const { at, label, colour: name } of marks) {
    const x = area.x(at);
    paint.strokeStyle = colour(name, 0.8);
    line(x, top, x, top + height);
    if (!label) continue;
    const far = x > left + width * 0.85;
    paint.textAlign = far ? "right" : "left";
    paint.fillStyle = colour("quiet");
    paint.fillText(label, x + (far ? -4 : 4), top + 10);
  }
}
