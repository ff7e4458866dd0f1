import { useState } from "react";
import { get } from "../../api/client";
import { link } from "../../frame/router";
import { Trouble } from "../../frame/Trouble";
import type { RunEntry, RunList } from "../../generated/wire";
import { useUnits } from "../../live/viewer";
import { useWords } from "../../words/use";
import { useLoaded } from "../parts/useLoaded";
import { runPoints, timeBetween } from "./rows";
import { historyWords } from "./words";

const FROM_C = 100;
const MARKS = [400, 600, 800, 1000, 1100] as const;
/** The newest firings that are read. */
const READ_MOST = 12;

interface Climb {
  run: RunEntry;
  seconds: number;
}

/** How long each firing of a profile took to a temperature: elements that tire take longer. */
export function Wear() {
  const words = useWords(historyWords);
  const units = useUnits();
  const [mark, setMark] = useState<number>(1000);
  const [profile, setProfile] = useState("");
  const list = useLoaded(() => get<RunList>("/api/runs"), "runs");
  const names = [...new Set((list.doc?.runs ?? []).flatMap((run) => run.profile ?? []))];
  const name = profile || names[0] || "";
  const { doc, error, again } = useLoaded(async () => {
    const climbs: Climb[] = [];
    const fired = (list.doc?.runs ?? []).filter((run) => run.profile === name && (run.peak_c ?? 0) >= mark);
    for (const run of fired.slice(0, READ_MOST)) {
      const seconds = timeBetween(await runPoints(run.id), FROM_C, mark);
      if (seconds !== null) climbs.unshift({ run, seconds });
    }
    return climbs;
  }, `${name}/${mark}/${list.doc?.runs.length}`);
  const longest = (doc ?? []).reduce((most, { seconds }) => Math.max(most, seconds), 1);
  const [first, last] = [doc?.[0], doc?.at(-1)];
  const drift = first && last && first !== last ? last.seconds / first.seconds - 1 : null;
  return (
    <div className="page narrow">
      <a className="back" href={link("history")}>
        ← {words.back}
      </a>
      <h1>{words.wearTitle}</h1>
      <p>{words.wearWhy}</p>
      <Trouble error={list.error ?? error} again={list.error ? list.again : again} />
      <div className="two">
        <label className="field">
          <span>{words.wearProfile}</span>
          <select value={name} onChange={(event) => setProfile(event.currentTarget.value)}>
            {names.map((known) => (
              <option key={known}>{known}</option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{words.wearMark}</span>
          <select value={mark} onChange={(event) => setMark(Number(event.currentTarget.value))}>
            {MARKS.map((celsius) => (
              <option key={celsius} value={celsius}>
                {units.temp(celsius)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <section className="panel">
        <h2>{words.wearFrom(units.temp(FROM_C), units.temp(mark))}</h2>
        {doc === null && !error ? <p>{words.loading}</p> : null}
        {doc?.length === 0 ? <p className="note">{words.wearNone}</p> : null}
        {drift === null ? null : (
          <p>
            {Math.abs(drift) < 0.005
              ? words.driftNone
              : (drift > 0 ? words.drift : words.driftLess)(units.percent(100 * Math.abs(drift)))}
          </p>
        )}
        <ol className="bars">
          {(doc ?? []).map(({ run, seconds }) => (
            <li key={run.id}>
              <span className="small quiet">{units.date(run.started_ms)}</span>
              <span className="bar-line" style={{ width: `${(100 * seconds) / longest}%` }} />
              <span className="figure">{units.duration(seconds)}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
