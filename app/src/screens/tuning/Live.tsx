import { useEffect } from "react";
import { del, get } from "../../api/client";
import { Course } from "../../chart/Course";
import { link } from "../../frame/router";
import { Trouble } from "../../frame/Trouble";
import { frameWords } from "../../frame/words";
import type { CommandAnswer, Point, RunList, TuningAnswer, TuningView } from "../../generated/wire";
import { useCommand } from "../../live/command";
import { useStatus } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { fateSays, faultTold } from "../../words/says";
import { useWords } from "../../words/use";
import { Tile } from "../history/Detail";
import { runPoints } from "../history/rows";
import { useLoaded } from "../parts/useLoaded";
import { tuningWords } from "./words";

/** The log is read again that often. */
const AGAIN_MS = 10_000;
const NO_POINTS: readonly Point[] = [];

/** The run that goes on; else the last one. */
async function runOf(): Promise<string | null> {
  const { run } = await get<TuningAnswer>("/api/tuning");
  if (run !== null) return run;
  const { runs } = await get<RunList>("/api/runs");
  return runs.find(({ profile }) => profile === null)?.id ?? null;
}

/** The run that goes on, or has just ended. */
export function Live() {
  const words = useWords(tuningWords);
  const frame = useWords(frameWords);
  const status = useStatus();
  const tuning = status?.tuning ?? null;
  const going = status?.state === "tuning";
  const [fate, send] = useCommand();
  const { doc, again } = useLoaded(async () => {
    const run = await runOf();
    return { run, points: run === null ? NO_POINTS : await runPoints(run) };
  }, `${going}`);
  useEffect(() => {
    if (!going) return;
    const timer = setInterval(again, AGAIN_MS);
    return () => clearInterval(timer);
  }, [going, again]);
  const points = doc?.points ?? NO_POINTS;
  const failed = status?.state === "error" || tuning?.stage === "failed";
  return (
    <div className="page">
      <header className="row apart">
        <h1>{words.live}</h1>
        {going ? (
          <button
            type="button"
            className="danger"
            disabled={fate.is === "pending"}
            onClick={() => void send((options) => del<CommandAnswer>("/api/tuning", options))}
          >
            {words.abort}
          </button>
        ) : doc?.run ? (
          <a className="button main" href={link("tuning", "run", doc.run)}>
            {words.see}
          </a>
        ) : (
          <a className="button" href={link("tuning")}>
            {frame.screens.tuning}
          </a>
        )}
      </header>
      <Trouble error={fateSays(fate)} />
      {going && tuning ? <Phase tuning={tuning} /> : null}
      {going ? null : (
        <p className={failed ? "trouble" : "note"} role="status">
          {failed ? words.failed : words.finished}{" "}
          {status?.fault ? faultTold(status.fault).wrong : tuning?.fault ? faultTold(tuning.fault).wrong : ""}
        </p>
      )}
      <div className="panel">
        <Course points={points} now={going ? (points.at(-1)?.[0] ?? null) : null} tools={false} />
      </div>
    </div>
  );
}

function Phase({ tuning }: { tuning: TuningView }) {
  const words = useWords(tuningWords);
  const units = useUnits();
  const share = tuning.step_longest_s > 0 ? Math.min(1, tuning.step_elapsed_s / tuning.step_longest_s) : 0;
  return (
    <section className="panel" aria-live="polite">
      <h2>{stepSays(tuning.step_name, words.steps)}</h2>
      <p className="quiet">{words.phase(`${tuning.step + 1}`, `${tuning.steps}`)}</p>
      <progress value={tuning.step + share} max={tuning.steps} aria-label={words.live} />
      <dl className="tiles">
        <Tile what={words.stepTime}>
          {units.duration(tuning.step_elapsed_s)}{" "}
          <span className="quiet small">{words.stepMost(units.duration(tuning.step_longest_s))}</span>
        </Tile>
        {tuning.goal_c === null ? null : (
          <Tile what={words.goal}>
            {units.temp(tuning.goal_c)}{" "}
            {tuning.plateau ? <span className="quiet small">{words.settled}</span> : null}
          </Tile>
        )}
        <Tile what={words.peak}>{units.temp(tuning.peak_c)}</Tile>
        <Tile what={words.failsAbove}>{units.temp(tuning.cap_c)}</Tile>
      </dl>
    </section>
  );
}

/** A step by its name in the plans; one that is not known keeps its name. */
export function stepSays(name: string, steps: (typeof tuningWords)["en"]["steps"]): string {
  const [what = "", number = ""] = name.split("_");
  switch (what) {
    case "settle":
      return steps.settle(number);
    case "bump":
      return steps.bump(number);
    case "probe":
    case "cool":
    case "relay":
      return steps[what];
    default:
      return name;
  }
}
