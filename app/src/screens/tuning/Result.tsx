import { useEffect, useMemo, useState } from "react";
import { Plot } from "../../chart/Plot";
import { compute } from "../../compute/client";
import { keepFitted } from "../../compute/kept";
import type { Analysis, Fit } from "../../compute/machine";
import { useComputed } from "../../compute/use";
import { link } from "../../frame/router";
import { Trouble } from "../../frame/Trouble";
import { frameWords } from "../../frame/words";
import { useUnits } from "../../live/viewer";
import type { Units } from "../../units/format";
import { useWords } from "../../words/use";
import { runCsv } from "../history/rows";
import { useLoaded } from "../parts/useLoaded";
import { configOnce } from "../profiles/usePlan";
import { type Log, openedLog, readLog } from "./log";
import { Propose } from "./Propose";
import { tuningWords } from "./words";

export type Verdict = "good" | "fair" | "poor";

/** A fit to be relied on: explains nearly all, and knows its figures to a tenth. */
const GOOD_R_SQUARED = 0.99;
const GOOD_ERROR = 0.1;

export function verdictOf(fit: Fit | null): Verdict {
  if (!fit) return "poor";
  const errors = Math.max(fit.gainError / fit.gain, fit.timeConstantError / fit.timeConstant);
  return fit.rSquared >= GOOD_R_SQUARED && errors <= GOOD_ERROR ? "good" : "fair";
}

/** What a log shows of the kiln, and the gains that follow. */
export function Result({ id }: { id: string | null }) {
  const words = useWords(tuningWords);
  const frame = useWords(frameWords);
  const log = useLoaded<Log>(async () => {
    const read = id === null ? openedLog() : readLog(id, await runCsv(id));
    if (!read) throw new Error(words.badCsv);
    return read;
  }, id ?? "file");
  const config = useLoaded(configOnce, "config");
  const windowS = config.doc?.control.window_s;
  const rows = log.doc?.rows;
  const fitted = useComputed(rows && windowS !== undefined ? () => compute("analyse", rows, windowS) : null, [
    rows,
    windowS,
  ]);
  const analysis = fitted.answer;
  useEffect(() => {
    if (!analysis?.fit) return;
    const { beside: _, ...fit } = analysis.fit;
    keepFitted({ ...fit, run: id ?? log.doc?.name ?? "", atMs: Date.now() });
  }, [analysis, id, log.doc]);
  return (
    <div className="page">
      <a className="back" href={link("tuning")}>
        ← {frame.screens.tuning}
      </a>
      <h1>{words.result}</h1>
      <Trouble error={log.error ?? config.error ?? fitted.error} again={log.again} />
      {log.doc === null && !log.error ? <p role="status">{words.reading}</p> : null}
      {fitted.busy ? (
        <div role="status" className="stack">
          <p>{words.computing}</p>
          <progress aria-label={words.computing} />
        </div>
      ) : null}
      {analysis ? <Shown analysis={analysis} /> : null}
      {analysis && config.doc && (analysis.fit || analysis.swing) ? (
        <Propose analysis={analysis} verdict={verdictOf(analysis.fit)} config={config.doc} />
      ) : null}
    </div>
  );
}

function Shown({ analysis: { fit, noFit, swing } }: { analysis: Analysis }) {
  const words = useWords(tuningWords);
  const verdict = verdictOf(fit);
  return (
    <>
      <p
        className={verdict === "good" ? "verdict good" : verdict === "fair" ? "warning" : "trouble"}
        role="status"
      >
        <strong>{words.verdicts[verdict]}</strong> {noFit ? words.noFit[noFit.why] : ""}{" "}
        {!fit && swing ? words.relayOnly : ""}
      </p>
      {fit ? <Drawn fit={fit} /> : null}
    </>
  );
}

function Drawn({ fit }: { fit: Fit }) {
  const words = useWords(tuningWords);
  const units = useUnits();
  const [at, setAt] = useState<number | null>(null);
  const { seconds, seen, modelled } = fit.beside;
  const residuals = useMemo(
    () => seen.map((value, index) => value - (modelled[index] ?? 0)),
    [seen, modelled],
  );
  const lines = useMemo(
    () => [
      { label: words.seen, colour: "temp" as const, kind: "points" as const, values: seen },
      { label: words.model, colour: "text" as const, values: modelled },
    ],
    [words, seen, modelled],
  );
  const rest = useMemo(
    () => [{ label: words.residuals, colour: "quiet" as const, values: residuals }],
    [words, residuals],
  );
  const place = at ?? 0;
  return (
    <>
      <div className="panel">
        <Plot
          times={seconds}
          lines={lines}
          summary={`${words.result}: ${words.rSquared} ${units.number(fit.rSquared, 4)}`}
          together="fit"
          onCursor={setAt}
        />
        <p className="chart-legend" aria-hidden="true">
          <span className="temp">
            {words.seen} <b>{units.temp(seen[place], 1)}</b>
          </span>
          <span className="text">
            {words.model} <b>{units.temp(modelled[place], 1)}</b>
          </span>
        </p>
        <h2>{words.residuals}</h2>
        <Plot
          times={seconds}
          lines={rest}
          summary={`${words.rms} ${units.delta(fit.residualK, 2)}`}
          together="fit"
          height={130}
          differences
          onCursor={setAt}
          table={null}
        />
      </div>
      <dl className="fit">
        <Figure
          what={words.gain}
          why={words.gainWhy}
          value={fit.gain}
          error={fit.gainError}
          say={(v) => `${units.number(units.deltaToShown(v), 2)} ${units.degree}/%`}
          words={words}
        />
        <Figure
          what={words.tau}
          why={words.tauWhy}
          value={fit.timeConstant}
          error={fit.timeConstantError}
          say={(v) => lasts(v, units)}
          words={words}
        />
        <Figure
          what={words.dead}
          why={words.deadWhy}
          value={fit.deadTime}
          error={fit.deadTimeError}
          say={(v) => lasts(v, units)}
          words={words}
        />
        <div>
          <dt>{words.rSquared}</dt>
          <dd>
            <strong className="figure">{units.number(fit.rSquared, 4)}</strong>
            <span className="quiet small">
              {words.rms} {units.delta(fit.residualK, 2)} · {words.worst} {units.delta(fit.worstK, 1)}
            </span>
          </dd>
        </div>
      </dl>
    </>
  );
}

const lasts = (value: number, units: Units) =>
  value < 600 ? `${units.number(value, 0)} s` : units.duration(value);

/** Two standard errors to either side. */
const RANGE = 2;

function Figure({
  what,
  why,
  value,
  error,
  say,
  words,
}: {
  what: string;
  why: string;
  value: number;
  error: number;
  say: (value: number) => string;
  words: (typeof tuningWords)["en"];
}) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>
        <strong className="figure">{say(value)}</strong>
        <span className="quiet small figure">
          {words.range(say(Math.max(0, value - RANGE * error)), say(value + RANGE * error))}
        </span>
        <span className="quiet small">{why}</span>
      </dd>
    </div>
  );
}
