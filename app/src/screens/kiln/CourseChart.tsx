/**
 * The course of the firing: plan, target, temperature, power, the present. Drawn as SVG in the page's own colours;
 * what it shows is said in words beside it.
 */
import { type PointerEvent, useId, useMemo, useRef, useState } from "react";
import type { Point } from "../../generated/wire";
import { useCourse } from "../../live/history";
import { useKiln } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import type { Units } from "../../units/format";
import { useWords } from "../../words/use";
import { bounds, type Planned, paths, type Span, thinned, ticks, timeStep, waits } from "./drawing";
import { kilnWords } from "./words";

const HEIGHT = 300;
const LEFT = 52;
const RIGHT = 12;
const TOP = 14;
const BOTTOM = 30;

const SPANS: readonly Span[] = ["half", "two", "all"];

export function CourseChart({ plan }: { plan: readonly Planned[] }) {
  const words = useWords(kilnWords);
  const units = useUnits();
  const course = useCourse();
  const running = useKiln((now) => now.status?.state === "running");
  const [span, setSpan] = useState<Span>("all");
  const [clock, setClock] = useState(true);
  if (course.points.length < 2) {
    return (
      <section className="course empty">
        <p className="quiet">{words.courseNone}</p>
      </section>
    );
  }
  const started = course.startedMs;
  return (
    <section className="course" aria-label={words.course}>
      <div className="row apart course-head">
        <ul className="legend">
          <li className="temp">{words.lineTemp}</li>
          <li className="target">{words.lineTarget}</li>
          {plan.length > 0 ? <li className="plan">{words.linePlan}</li> : null}
          <li className="power">{words.linePower}</li>
          {course.points.some((point) => point[4] === 1) ? (
            <li className="waiting">{words.lineWaiting}</li>
          ) : null}
        </ul>
        <div className="row">
          <fieldset className="switch">
            <legend className="unseen">{words.spanLabel}</legend>
            {SPANS.map((one) => (
              <button key={one} type="button" aria-pressed={one === span} onClick={() => setSpan(one)}>
                {words.span[one]}
              </button>
            ))}
          </fieldset>
          {started !== null ? (
            <fieldset className="switch">
              <legend className="unseen">{words.axisLabel}</legend>
              <button type="button" aria-pressed={clock} onClick={() => setClock(true)}>
                {words.axis.clock}
              </button>
              <button type="button" aria-pressed={!clock} onClick={() => setClock(false)}>
                {words.axis.elapsed}
              </button>
            </fieldset>
          ) : null}
        </div>
      </div>
      <Drawing
        points={course.points}
        plan={running ? plan : []}
        span={span}
        units={units}
        time={(s) => (clock && started !== null ? units.time(started + 1000 * s) : units.hours(s))}
        text={words.courseText}
        title={words.course}
      />
    </section>
  );
}

interface DrawingProps {
  points: readonly Point[];
  plan: readonly Planned[];
  span: Span;
  units: Units;
  time: (elapsed: number) => string;
  text: (temp: string, target: string, elapsed: string) => string;
  title: string;
}

function Drawing({ points, plan, span, units, time, text, title }: DrawingProps) {
  const id = useId();
  const box = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(() => Math.min(innerWidth - 32, 760));
  const [at, setAt] = useState<number | null>(null);
  const measured = (element: SVGSVGElement | null) => {
    box.current = element;
    const now = element?.clientWidth ?? 0;
    if (now > 0 && Math.abs(now - width) > 1) setWidth(now);
  };
  const shown = useMemo(() => thinned(points, span, width), [points, span, width]);
  const [x0, x1, y0, y1] = bounds(shown, plan, span);
  const x = (s: number) => LEFT + ((s - x0) / (x1 - x0)) * (width - LEFT - RIGHT);
  const y = (c: number) => HEIGHT - BOTTOM - ((c - y0) / (y1 - y0)) * (HEIGHT - TOP - BOTTOM);
  const power = (p: number) => HEIGHT - BOTTOM - (p / 100) * (HEIGHT - TOP - BOTTOM) * 0.28;
  const drawn = paths(shown, plan, x, y, power, HEIGHT - BOTTOM);
  const last = shown.findLast((point) => point[1] !== null);
  const pointed = at === null ? undefined : nearest(shown, at);
  const look = (event: PointerEvent<SVGSVGElement>) => {
    const left = event.currentTarget.getBoundingClientRect().left;
    setAt(x0 + ((event.clientX - left - LEFT) / (width - LEFT - RIGHT)) * (x1 - x0));
  };
  const say = (point: Point) => text(units.temp(point[1], 1), units.temp(point[2]), units.duration(point[0]));
  const hourly = ticks(x0, x1, timeStep(x1 - x0, (width - LEFT - RIGHT) / 80));
  return (
    <figure className="course-figure">
      <svg
        ref={measured}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        height={HEIGHT}
        role="img"
        aria-labelledby={`${id}-t ${id}-d`}
        onPointerMove={look}
        onPointerDown={look}
        onPointerLeave={() => setAt(null)}
      >
        <title id={`${id}-t`}>{title}</title>
        <desc id={`${id}-d`}>{last ? say(last) : ""}</desc>
        {degrees(y0, y1, units).map(([celsius, label]) => (
          <g key={label} className="grid">
            <line x1={LEFT} x2={width - RIGHT} y1={y(celsius)} y2={y(celsius)} />
            <text x={LEFT - 8} y={y(celsius) + 4} textAnchor="end">
              {label}
            </text>
          </g>
        ))}
        {hourly.map((s) => (
          <text key={s} className="grid" x={x(s)} y={HEIGHT - 8} textAnchor="middle">
            {time(s)}
          </text>
        ))}
        {waits(points, (x1 - x0) / 250).map(([from, to]) =>
          to < x0 ? null : (
            <rect
              key={from}
              className="wait"
              x={x(Math.max(from, x0))}
              width={Math.max(1, x(to) - x(Math.max(from, x0)))}
              y={TOP}
              height={HEIGHT - TOP - BOTTOM}
            />
          ),
        )}
        <path className="power-area" d={drawn.power} />
        <path className="plan-line" d={drawn.plan} />
        <path className="target-line" d={drawn.target} />
        <path className="temp-line" d={drawn.temp} />
        {last?.[1] != null ? <circle className="now-dot" cx={x(last[0])} cy={y(last[1])} r="5" /> : null}
        {pointed ? (
          <line className="pointed" x1={x(pointed[0])} x2={x(pointed[0])} y1={TOP} y2={HEIGHT - BOTTOM} />
        ) : null}
      </svg>
      {pointed ? (
        <figcaption>
          <strong>{time(pointed[0])}</strong> {units.temp(pointed[1], 1)} → {units.temp(pointed[2])} ·{" "}
          {units.percent(pointed[3])}
        </figcaption>
      ) : null}
    </figure>
  );
}

function nearest(points: readonly Point[], s: number): Point | undefined {
  let best: Point | undefined;
  for (const point of points) {
    if (point[1] !== null && (best === undefined || Math.abs(point[0] - s) < Math.abs(best[0] - s)))
      best = point;
  }
  return best;
}

/** Round temperatures of the viewer's unit, with where they are in °C. */
function degrees(y0: number, y1: number, units: Units): [number, string][] {
  const [low, high] = [units.toShown(y0), units.toShown(y1)];
  const step = [10, 20, 50, 100, 200, 500, 1000].find((one) => (high - low) / one <= 6) ?? 1000;
  return ticks(low, high, step).map((shown) => [units.fromShown(shown), units.number(shown, 0, false)]);
}
