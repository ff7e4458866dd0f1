/**
 * One chart over the time of a firing: lines, an area of power on its own axis, shaded stretches, marks. Temperatures
 * come in °C and are drawn in the viewer's unit. Whoever cannot see it has the summary and the table.
 */
import "./guard";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useUnits } from "../live/viewer";
import type { Units } from "../units/format";
import { useWords } from "../words/use";
import { elapsedSays, timeSplits } from "./axes";
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
  onDraw?: (chart: uPlot) => void;
  /** Whether two fingers and the wheel zoom. */
  zooms?: boolean;
  /** Rows of the table; the lines themselves where it is left out. */
  table?: React.ReactNode;
}

const GRID = 1;

export function Plot(props: PlotProps) {
  const { times, lines, summary, height = 280, zooms = true } = props;
  const words = useWords(chartWords);
  const units = useUnits();
  const theme = useTheme();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const made = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [zoom, setZoom] = useState<View | null>(null);
  const zoomNow = useRef(zoom);
  zoomNow.current = zoom;
  const data = useMemo(
    () => drawn(times, lines, units, props.differences),
    [times, lines, units, props.differences],
  );
  const shape = lines.map((line) => `${line.label}/${line.kind}/${line.colour}`).join("|");

  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew only for what uPlot cannot change
  useEffect(() => {
    const host = box.current;
    if (!host) return;
    const chart = new uPlot(
      options(latest, zoomNow, host.clientWidth, height, units, setZoom, zooms),
      data,
      host,
    );
    made.current = chart;
    const resize = new ResizeObserver(() => chart.setSize({ width: host.clientWidth, height }));
    resize.observe(host);
    return () => {
      resize.disconnect();
      chart.destroy();
      made.current = null;
    };
  }, [shape, units, theme, height, zooms, props.clockFrom == null, props.limitC == null, props.together]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew for all that is drawn
  useEffect(() => {
    made.current?.setData(data, true);
  }, [
    data,
    zoom,
    props.view?.from,
    props.view?.to,
    props.clockFrom,
    props.bands,
    props.marks,
    props.limitC,
    props.spanC?.to,
  ]);

  return (
    <figure className="chart">
      <div
        role="img"
        aria-labelledby={id}
        ref={box}
        className="chart-box"
        style={{ height: `${height}px` }}
      />
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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
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

function drawn(
  times: readonly number[],
  lines: readonly Line[],
  units: Units,
  differences = false,
): uPlot.AlignedData {
  const shown = differences ? units.deltaToShown : units.toShown;
  const values = lines.map((line) =>
    line.kind === "power"
      ? [...line.values]
      : line.values.map((value) => (typeof value === "number" ? shown(value) : value)),
  );
  return [[...times], ...values];
}

/** What is shown: the zoom, else the wanted view, else everything. */
function viewOf({ times, view }: PlotProps, zoom: View | null): View {
  if (zoom) return zoom;
  if (view) return view;
  const from = times[0] ?? 0;
  return { from, to: Math.max(times.at(-1) ?? 0, from + 60) };
}

function options(
  latest: { current: PlotProps },
  zoom: { current: View | null },
  width: number,
  height: number,
  units: Units,
  show: (view: View | null) => void,
  zooms: boolean,
): uPlot.Options {
  const { lines, clockFrom, together, differences } = latest.current;
  const font = `12px ${getComputedStyle(document.documentElement).getPropertyValue("--font")}`;
  const axis: uPlot.Axis = {
    stroke: colour("quiet"),
    font,
    ticks: { show: false },
    grid: { stroke: colour("line"), width: GRID },
  };
  const offset = () => {
    const from = latest.current.clockFrom;
    if (from == null) return 0;
    return from / 1000 - new Date(from).getTimezoneOffset() * 60;
  };
  const power = lines.some((line) => line.kind === "power");
  const whole = () => viewOf(latest.current, null);
  let begun = 0;
  return {
    width,
    height,
    padding: [12, power ? 4 : 14, 0, 2],
    legend: { show: false },
    cursor: {
      drag: { x: false, y: false },
      points: { size: 7 },
      ...(together ? { sync: { key: together, setSeries: false } } : {}),
    },
    scales: {
      x: {
        time: false,
        range: () => {
          const { from, to } = viewOf(latest.current, zoom.current);
          return [from, to];
        },
      },
      y: { range: (_, low, high) => rangeOf(latest.current, units, low, high) },
      power: { range: [0, 100] },
    },
    axes: [
      {
        ...axis,
        size: 30,
        splits: (chart, _, from, to) => timeSplits(from, to, chart.width / 70, offset()),
        values: (_, splits) => splits.map((at) => timeSays(at, latest.current.clockFrom, units)),
      },
      {
        ...axis,
        size: 46,
        values: (_, splits) =>
          splits.map((value) =>
            units.number(value, differences && splits[1] !== undefined && splits[1] % 1 ? 1 : 0),
          ),
      },
      ...(power
        ? [
            {
              ...axis,
              scale: "power",
              side: 1 as const,
              size: 40,
              grid: { show: false },
              splits: () => [0, 50, 100],
              values: (_: uPlot, splits: number[]) => splits.map((value) => `${value}%`),
            },
          ]
        : []),
    ],
    series: [{}, ...lines.map(seriesOf)],
    plugins: zooms ? [gestures(whole, show)] : [],
    hooks: {
      drawClear: [
        (chart) => {
          begun = performance.now();
          shade(chart, latest.current);
        },
      ],
      draw: [
        (chart) => {
          mark(chart, latest.current, units);
          told(chart, performance.now() - begun);
          latest.current.onDraw?.(chart);
        },
      ],
      setCursor: [(chart) => latest.current.onCursor?.(chart.cursor.idx ?? null)],
    },
    ...(clockFrom === undefined ? {} : {}),
  };
}

function seriesOf({ label, kind = "line", colour: name }: Line): uPlot.Series {
  const stroke = colour(name, kind === "faint" ? 0.75 : 1);
  const plain: uPlot.Series = { label, stroke, width: 2, points: { show: false }, spanGaps: false };
  switch (kind) {
    case "power":
      return { ...plain, scale: "power", width: 1, stroke: colour(name, 0.7), fill: colour(name, 0.2) };
    case "dashed":
      return { ...plain, dash: [6, 4] };
    case "faint":
      return { ...plain, width: 1.5 };
    case "points":
      return { ...plain, width: 0, points: { show: true, size: 3, fill: stroke, stroke } };
    default:
      return plain;
  }
}

/** Room above and below, whole steps, never less than was asked for. */
function rangeOf(props: PlotProps, units: Units, low: number | null, high: number | null): [number, number] {
  const shown = props.differences ? units.deltaToShown : units.toShown;
  const least = props.spanC ? shown(props.spanC.from) : Number.POSITIVE_INFINITY;
  const most = props.spanC ? shown(props.spanC.to) : Number.NEGATIVE_INFINITY;
  const from = Math.min(low ?? least, least);
  const to = Math.max(high ?? most, most);
  if (!Number.isFinite(from) || !Number.isFinite(to)) return [0, 100];
  const room = Math.max((to - from) * 0.06, props.differences ? 0.5 : 4);
  const floor = !props.differences && from >= 0 && from - room < 0 ? 0 : from - room;
  return [floor, to + room];
}

/** How many points were drawn in what time: for whoever measures. */
function told(chart: uPlot, ms: number): void {
  const box = chart.root.parentElement;
  if (!box) return;
  box.dataset.points = `${chart.data[0].length}`;
  box.dataset.drawMs = ms.toFixed(1);
}

function shade(chart: uPlot, { bands = [] }: PlotProps): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const { from, to, colour: name } of bands) {
    const left = chart.valToPos(from, "x", true);
    ctx.fillStyle = colour(name, 0.14);
    ctx.fillRect(left, bbox.top, Math.max(2, chart.valToPos(to, "x", true) - left), bbox.height);
  }
  ctx.restore();
}

function mark(chart: uPlot, props: PlotProps, units: Units): void {
  const { ctx, bbox } = chart;
  const { marks = [], limitC } = props;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top - 2, bbox.width, bbox.height + 4);
  ctx.clip();
  ctx.lineWidth = devicePixelRatio;
  ctx.font = `${11 * devicePixelRatio}px ${getComputedStyle(document.documentElement).getPropertyValue("--font")}`;
  const line = (x1: number, y1: number, x2: number, y2: number) => {
    ctx.beginPath();
    ctx.moveTo(x1, y1);
    ctx.lineTo(x2, y2);
    ctx.stroke();
  };
  if (limitC != null) {
    const y = chart.valToPos(units.toShown(limitC), "y", true);
    ctx.strokeStyle = colour("bad", 0.8);
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    line(bbox.left, y, bbox.left + bbox.width, y);
    ctx.setLineDash([]);
  }
  for (const { at, label, colour: name } of marks) {
    const x = chart.valToPos(at, "x", true);
    ctx.strokeStyle = colour(name, 0.8);
    line(x, bbox.top, x, bbox.top + bbox.height);
    if (label) {
      const right = x > bbox.left + bbox.width * 0.85;
      ctx.textAlign = right ? "right" : "left";
      ctx.fillStyle = colour("quiet");
      ctx.fillText(label, x + (right ? -4 : 4) * devicePixelRatio, bbox.top + 11 * devicePixelRatio);
    }
  }
  ctx.restore();
}
