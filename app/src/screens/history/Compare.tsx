import { useMemo, useState } from "react";
import { get } from "../../api/client";
import { Choice } from "../../chart/Choice";
import { type Line, Plot, timeSays } from "../../chart/Plot";
import { picked, thinned, type Value } from "../../chart/thin";
import { link } from "../../frame/router";
import { Trouble } from "../../frame/Trouble";
import type { Point, RunEntry } from "../../generated/wire";
import { useUnits } from "../../live/viewer";
import { useWords } from "../../words/use";
import { NumberField } from "../parts/NumberField";
import { useLoaded } from "../parts/useLoaded";
import { COMPARED_MOST } from "./List";
import { firstAt, runPath, runPoints } from "./rows";
import { historyWords } from "./words";

const COLOURS = ["run1", "run2", "run3", "run4"] as const;
/** Runs are laid side by side at whole steps of that many seconds at the least. */
const STEP_S = 30;
const STEPS_MOST = 1500;

interface Compared {
  run: RunEntry;
  points: Point[];
}

/** Up to four firings over each other, and how far each is from the first. */
export function Compare({ ids }: { ids: readonly string[] }) {
  const words = useWords(historyWords);
  const units = useUnits();
  const [align, setAlign] = useState<"start" | "temp">("start");
  const [atC, setAtC] = useState(600);
  const [cursor, setCursor] = useState<number | null>(null);
  const { doc, error, again } = useLoaded(async () => {
    const all: Compared[] = [];
    // One after the other: the kiln has few sockets.
    for (const id of ids.slice(0, COMPARED_MOST)) {
      all.push({ run: await get<RunEntry>(runPath(id)), points: await runPoints(id) });
    }
    return all;
  }, ids.join());
  const { times, lines } = useMemo(
    () => laid(doc ?? [], align === "temp" ? atC : null, words.tuning, units.date),
    [doc, align, atC, words, units],
  );
  const first = lines[0]?.values ?? [];
  const away = lines.slice(1).map(
    (line): Line => ({
      ...line,
      values: line.values.map((value, at) => {
        const from = first[at];
        return typeof value === "number" && typeof from === "number" ? value - from : null;
      }),
    }),
  );
  const at = cursor ?? 0;
  const legend = (all: readonly Line[], differs: boolean) => (
    <p className="chart-legend" aria-hidden="true">
      <b>{timeSays(times[at] ?? 0, null, units)}</b>
      {all.map((line) => (
        <span key={line.label} className={line.colour}>
          {line.label} <b>{differs ? units.delta(line.values[at], 1) : units.temp(line.values[at])}</b>
        </span>
      ))}
    </p>
  );
  return (
    <div className="page">
      <a className="back" href={link("history")}>
        ← {words.back}
      </a>
      <h1>{words.compareTitle}</h1>
      <Trouble error={error} again={again} />
      {!doc && !error ? <p className="note">{words.loading}</p> : null}
      <div className="row">
        <Choice
          label={words.align}
          value={align}
          onChange={setAlign}
          choices={{ start: words.atStart, temp: words.atTemp }}
        />
        {align === "temp" ? (
          <span className="short">
            <NumberField
              bare
              label={words.at}
              unit={units.degree}
              value={units.toShown(atC)}
              onChange={(shown) => setAtC(units.fromShown(shown))}
            />
          </span>
        ) : null}
      </div>
      {doc && times.length > 0 ? (
        <>
          <div className="panel">
            {legend(lines, false)}
            <Plot
              times={times}
              lines={lines}
              summary={words.compareTitle}
              together="compare"
              onCursor={setCursor}
            />
          </div>
          {away.length > 0 ? (
            <section className="panel">
              <h2>{words.difference}</h2>
              {legend(away, true)}
              <Plot
                times={times}
                lines={away}
                summary={words.difference}
                together="compare"
                height={180}
                differences
                onCursor={setCursor}
              />
            </section>
          ) : null}
          <Differences all={doc} />
        </>
      ) : null}
    </div>
  );
}

/** All runs on one clock. */
function laid(
  all: readonly Compared[],
  atC: number | null,
  tuning: string,
  date: (ms: number | null) => string,
): { times: number[]; lines: Line[] } {
  const shifts = all.map(({ points }) => (atC === null ? 0 : (firstAt(points, atC) ?? 0)));
  const from = Math.min(0, ...all.map(({ points }, run) => (points[0]?.[0] ?? 0) - (shifts[run] ?? 0)));
  const to = Math.max(0, ...all.map(({ points }, run) => (points.at(-1)?.[0] ?? 0) - (shifts[run] ?? 0)));
  if (to <= from) return { times: [], lines: [] };
  const step = Math.max(STEP_S, Math.ceil((to - from) / STEPS_MOST));
  const times = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => from + at * step);
  const lines = all.map(({ run, points }, at): Line => {
    const kept = picked(
      points,
      thinned(
        points.map((point) => point[1]),
        6000,
      ),
    );
    return {
      label: `${run.profile ?? tuning}, ${date(run.started_ms)}`,
      colour: COLOURS[at] ?? "run1",
      values: valuesAt(kept, times, shifts[at] ?? 0),
    };
  });
  return { times, lines };
}

/** The temperature at each time; nothing where there is a gap or nothing yet. */
function valuesAt(points: readonly Point[], times: readonly number[], shift: number): Value[] {
  let at = 0;
  return times.map((time) => {
    const wanted = time + shift;
    while (at + 1 < points.length && (points[at + 1]?.[0] ?? 0) <= wanted) at += 1;
    const [before, after] = [points[at], points[at + 1]];
    if (!before || !after || wanted < before[0] || before[1] === null || after[1] === null) return null;
    return before[1] + ((after[1] - before[1]) * (wanted - before[0])) / Math.max(1, after[0] - before[0]);
  });
}

const MARKS = [200, 600, 1000];

function Differences({ all }: { all: readonly Compared[] }) {
  const words = useWords(historyWords);
  const units = useUnits();
  return (
    <section className="scroll" tabIndex={0} aria-label={words.compareTitle}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.firing}</th>
            <th scope="col">{words.peak}</th>
            <th scope="col">{words.length}</th>
            <th scope="col">{words.energy}</th>
            {MARKS.map((mark) => (
              <th scope="col" key={mark}>
                {words.to(units.temp(mark))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {all.map(({ run, points }, at) => (
            <tr key={run.id}>
              <th scope="row">
                <span className={`swatch ${COLOURS[at]}`} aria-hidden="true" />
                {run.profile ?? words.tuning}, {units.date(run.started_ms)}
              </th>
              <td>{units.temp(run.peak_c)}</td>
              <td>{units.duration(run.elapsed_s)}</td>
              <td>{units.energy(run.energy_kwh)}</td>
              {MARKS.map((mark) => (
                <td key={mark}>{units.hours(firstAt(points, mark))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
