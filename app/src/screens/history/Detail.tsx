import { useEffect, useState } from "react";
import { del, get, patch } from "../../api/client";
import { Course } from "../../chart/Course";
import { compute } from "../../compute/client";
import { useComputed } from "../../compute/use";
import { Ask } from "../../frame/Ask";
import { go, link } from "../../frame/router";
import { saveFile } from "../../frame/saveFile";
import { Trouble } from "../../frame/Trouble";
import type { Point, RunEntry, RunFigures, RunReport } from "../../generated/wire";
import { useKiln } from "../../live/kiln";
import { say } from "../../live/says";
import { keep } from "../../live/store";
import { useUnits } from "../../live/viewer";
import { faultTold } from "../../words/says";
import { useWords } from "../../words/use";
import { useLoaded } from "../parts/useLoaded";
import { fileName } from "../profiles/names";
import { pending } from "../profiles/pending";
import { Happened } from "./Happened";
import { End, lasted } from "./List";
import { rowsOf, runCsv, runPath, runPoints, stepsOf } from "./rows";
import { historyWords } from "./words";

/** A firing that goes on is read again that often. */
const AGAIN_MS = 30_000;
const NO_POINTS: readonly Point[] = [];

export function Detail({ id }: { id: string }) {
  const words = useWords(historyWords);
  const units = useUnits();
  const report = useLoaded(() => get<RunReport>(runPath(id, "report"), { patience: 30_000 }), id);
  const points = useLoaded(() => runPoints(id), id);
  const run = report.doc?.run;
  const going = run?.end === "running";
  const step = useKiln((now) => now.status?.run?.step.index);
  const { again: readReport } = report;
  const { again: readPoints } = points;
  useEffect(() => {
    if (!going) return;
    const timer = setInterval(() => {
      readReport();
      readPoints();
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [going, readReport, readPoints]);
  const all = points.doc ?? NO_POINTS;
  return (
    <div className="page">
      <a className="back" href={link("history")}>
        ← {words.back}
      </a>
      <header className="row apart">
        <div>
          <h1>{run ? (run.profile ?? words.tuning) : id}</h1>
          <p className="quiet">{run?.started_ms == null ? words.unknownTime : units.date(run.started_ms)}</p>
        </div>
        <Files id={id} name={run?.profile ?? words.tuning} startedMs={run?.started_ms ?? null} />
      </header>
      <Trouble error={report.error ?? points.error} again={readReport} />
      {run ? <Summary run={run} /> : null}
      <div className="panel">
        <Course
          points={all}
          startedMs={run?.started_ms ?? null}
          now={going ? (all.at(-1)?.[0] ?? null) : null}
        />
      </div>
      <div className="two">
        <Figures figures={report.doc?.figures ?? null} points={all} />
        {run ? <Notes key={run.notes + run.cone_result} run={run} again={readReport} /> : null}
      </div>
      {run && points.doc ? <Happened run={run} on={`${run.end} ${going ? step : ""}`} /> : null}
      {run ? <Actions run={run} points={all} /> : null}
    </div>
  );
}

function Files({ id, name, startedMs }: { id: string; name: string; startedMs: number | null }) {
  const words = useWords(historyWords);
  const [error, setError] = useState<unknown>(null);
  const day = startedMs === null ? id : new Date(startedMs).toISOString().slice(0, 10);
  const give = async (kind: "csv" | "json") => {
    setError(null);
    try {
      if (kind === "csv") saveFile(`${name} ${day}.csv`, await runCsv(id), "text/csv");
      else
        saveFile(`${name} ${day}.json`, JSON.stringify(await get(runPath(id, "json"), { patience: 60_000 })));
    } catch (error) {
      setError(error);
    }
  };
  return (
    <div className="row">
      {(["csv", "json"] as const).map((kind) => (
        <button type="button" key={kind} onClick={() => void give(kind)}>
          ↓ {words[kind]}
        </button>
      ))}
      <Trouble error={error} />
    </div>
  );
}

function Summary({ run }: { run: RunEntry }) {
  const words = useWords(historyWords);
  const units = useUnits();
  const currency = useKiln((now) => now.info?.currency ?? "");
  const told = run.fault ? faultTold(run.fault) : null;
  return (
    <>
      <dl className="tiles">
        <Tile what={words.ended}>
          <End run={{ ...run, fault: null }} />
        </Tile>
        <Tile what={words.peak}>{units.temp(run.peak_c)}</Tile>
        <Tile what={words.length}>{units.duration(lasted(run))}</Tile>
        {run.energy_kwh === null ? null : <Tile what={words.energy}>{units.energy(run.energy_kwh)}</Tile>}
        {run.cost === null ? null : <Tile what={words.cost}>{units.money(run.cost, currency)}</Tile>}
      </dl>
      {told ? (
        <p className="trouble">
          <strong>{told.name}.</strong> {told.wrong} {told.act}
        </p>
      ) : null}
    </>
  );
}

export function Tile({ what, children }: { what: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd className="figure">{children}</dd>
    </div>
  );
}

function Figures({ figures, points }: { figures: RunFigures | null; points: readonly Point[] }) {
  const words = useWords(historyWords);
  const units = useUnits();
  const work = useComputed(points.length > 0 ? () => compute("logWork", rowsOf(points)) : null, [
    points,
  ]).answer;
  const cone = work
    ? (work.estimate ? words.coneEstimate : words.cone)(work.cone, units.percent(100 * work.beyond))
    : words.noCone;
  const rows: [string, string][] = figures
    ? [
        [words.overshoot, units.delta(figures.overshoot_k, 1)],
        [words.lag, units.delta(figures.lag_k, 1)],
        [words.distance, units.delta(figures.mean_distance_k, 1)],
        [words.within, units.percent(figures.within_5_k_percent)],
        [words.output, units.percent(figures.mean_output_percent)],
        [words.fastest, units.rate(figures.fastest_c_per_h)],
      ]
    : [];
  if (figures && figures.recoveries > 0) rows.push([words.recoveries, words.times(`${figures.recoveries}`)]);
  return (
    <section className="panel">
      <h2>{words.report}</h2>
      <dl className="facts">
        {[...rows, [words.work, cone] as [string, string]].map(([what, figure]) => (
          <div className="fact" key={what}>
            <dt>{what}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Notes({ run, again }: { run: RunEntry; again: () => void }) {
  const words = useWords(historyWords);
  const [notes, setNotes] = useState(run.notes);
  const [cone, setCone] = useState(run.cone_result);
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    setError(null);
    try {
      await patch(runPath(run.id), { notes, cone_result: cone });
      say(words.saved);
      again();
    } catch (error) {
      setError(error);
    }
  };
  return (
    <section className="panel">
      <h2>{words.notesTitle}</h2>
      <label className="field">
        <span>{words.coneResult}</span>
        <input value={cone} maxLength={32} onChange={(event) => setCone(event.currentTarget.value)} />
      </label>
      <label className="field">
        <span>{words.notes}</span>
        <textarea
          rows={4}
          maxLength={250}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
      </label>
      <Trouble error={error} />
      <div className="buttons">
        <button
          type="button"
          disabled={notes === run.notes && cone === run.cone_result}
          onClick={() => void save()}
        >
          {words.save}
        </button>
      </div>
    </section>
  );
}

function Actions({ run, points }: { run: RunEntry; points: readonly Point[] }) {
  const words = useWords(historyWords);
  const [removing, setRemoving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { profile } = run;
  const remove = async () => {
    try {
      await del(runPath(run.id));
      say(words.removed);
      go("history");
    } catch (error) {
      setError(error);
    }
  };
  return (
    <div className="row">
      {profile === null ? null : (
        <>
          <button
            type="button"
            className="main"
            onClick={() => {
              // The sheet that starts a firing offers this one first.
              keep("kiln.lastProfile", fileName(profile));
              go("kiln");
            }}
          >
            {words.repeat}
          </button>
          <button
            type="button"
            disabled={points.length < 3}
            onClick={() => {
              pending({
                name: words.profileName(profile).slice(0, 48),
                description: run.notes,
                steps: stepsOf(points),
              });
              go("profiles", "-", "new");
            }}
          >
            {words.asProfile}
          </button>
        </>
      )}
      {run.end === "running" ? null : (
        <button type="button" className="danger" onClick={() => setRemoving(true)}>
          {words.remove}
        </button>
      )}
      {removing ? (
        <Ask
          title={words.remove}
          go={words.remove}
          onGo={() => void remove()}
          onClose={() => setRemoving(false)}
          danger
          trouble={error}
        >
          <p>{words.removeSure}</p>
        </Ask>
      ) : null}
    </div>
  );
}
