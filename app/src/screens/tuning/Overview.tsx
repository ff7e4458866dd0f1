import { useState } from "react";
import { get } from "../../api/client";
import { go, link } from "../../frame/router";
import { Trouble } from "../../frame/Trouble";
import { frameWords } from "../../frame/words";
import type { RunList, RunReport } from "../../generated/wire";
import { say } from "../../live/says";
import { useStore } from "../../live/store";
import { useUnits } from "../../live/viewer";
import { useWords } from "../../words/use";
import { lasted } from "../history/List";
import { runPath } from "../history/rows";
import { historyWords } from "../history/words";
import { FileButton } from "../parts/FileButton";
import { useLoaded } from "../parts/useLoaded";
import { configOnce } from "../profiles/usePlan";
import { before, revertGains } from "./gains";
import { openLog, readLog } from "./log";
import { tuningWords } from "./words";

const LISTED_MOST = 12;

export function Overview() {
  const words = useWords(tuningWords);
  const frame = useWords(frameWords);
  const history = useWords(historyWords);
  const units = useUnits();
  const [error, setError] = useState<unknown>(null);
  const runs = useLoaded(() => get<RunList>("/api/runs"), "runs");
  const open = async (file: File) => {
    const log = readLog(file.name, await file.text());
    if (!log) return setError(words.badCsv);
    openLog(log);
    go("tuning", "file");
  };
  return (
    <div className="page">
      <header className="row apart">
        <h1>{frame.screens.tuning}</h1>
        <a className="button main" href={link("tuning", "begin")}>
          {words.begin}
        </a>
      </header>
      <p className="measure">{words.why}</p>
      <InForce />
      <section className="panel">
        <h2>{words.fromLog}</h2>
        <p className="quiet small">{words.fromLogWhy}</p>
        <Trouble error={error ?? runs.error} />
        <ul className="logs">
          {(runs.doc?.runs ?? [])
            .filter((run) => run.end !== "running")
            .slice(0, LISTED_MOST)
            .map((run) => (
              <li key={run.id}>
                <a href={link("tuning", "run", run.id)}>{run.profile ?? history.tuning}</a>
                <span className="quiet small figure">
                  {run.started_ms === null ? history.unknownTime : units.date(run.started_ms)} ·{" "}
                  {units.duration(lasted(run))} · {units.temp(run.peak_c)}
                </span>
              </li>
            ))}
        </ul>
        <FileButton label={words.upload} accept=".csv,text/csv" onFile={(file) => void open(file)} />
      </section>
    </div>
  );
}

/** The gains now, and the way back to those of before. */
export function InForce({ on = "" }: { on?: string }) {
  const words = useWords(tuningWords);
  const units = useUnits();
  const was = useStore(before);
  const [error, setError] = useState<unknown>(null);
  const config = useLoaded(configOnce, `${was?.atMs}${on}`);
  const control = config.doc?.control;
  const revert = async () => {
    if (!was) return;
    setError(null);
    try {
      await revertGains(was);
      say(words.reverted);
    } catch (error) {
      setError(error);
    }
  };
  return (
    <section className="panel">
      <h2>{words.now}</h2>
      <Three gains={control ?? null} />
      {was ? (
        <>
          <p className="quiet small">{words.before(units.date(was.atMs))}</p>
          <Three gains={was} quiet />
          <Since atMs={was.atMs} />
          <div className="row">
            <button type="button" onClick={() => void revert()}>
              {words.revert}
            </button>
          </div>
        </>
      ) : null}
      <Trouble error={error ?? config.error} />
    </section>
  );
}

export function Three({
  gains,
  quiet = false,
}: {
  gains: { kp: number; ki: number; kd: number } | null;
  quiet?: boolean;
}) {
  const units = useUnits();
  const say = (value: number | undefined) =>
    value === undefined ? "—" : units.number(value, value === 0 || value >= 100 ? 0 : value >= 1 ? 2 : 4);
  return (
    <dl className={quiet ? "three quiet" : "three"}>
      {(["kp", "ki", "kd"] as const).map((name) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="figure">{say(gains?.[name])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Whether it has helped: the last firing before, and the newest since. */
function Since({ atMs }: { atMs: number }) {
  const words = useWords(tuningWords);
  const units = useUnits();
  const { doc } = useLoaded(async () => {
    const { runs } = await get<RunList>("/api/runs");
    const fired = runs.filter(
      (run) => run.profile !== null && run.end === "completed" && run.started_ms !== null,
    );
    const newest = fired.find((run) => (run.started_ms ?? 0) > atMs);
    const last = fired.find((run) => (run.started_ms ?? 0) <= atMs);
    if (!newest || !last) return null;
    const [after, was] = [
      await get<RunReport>(runPath(newest.id, "report"), { patience: 30_000 }),
      await get<RunReport>(runPath(last.id, "report"), { patience: 30_000 }),
    ];
    return { was: was.figures?.overshoot_k, after: after.figures?.overshoot_k };
  }, `${atMs}`);
  if (doc?.was === undefined || doc.after === undefined) return null;
  return <p>{words.since(units.delta(doc.was, 1), units.delta(doc.after, 1))}</p>;
}
