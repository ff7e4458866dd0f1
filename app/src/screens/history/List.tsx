import { useState } from "react";
import { get } from "../../api/client";
import { AlarmIcon, BoltIcon, CheckIcon, DotIcon, StopIcon } from "../../frame/icons";
import { link } from "../../frame/router";
import { Trouble } from "../../frame/Trouble";
import { frameWords } from "../../frame/words";
import type { RunEntry, RunList } from "../../generated/wire";
import { useKiln } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { faultTold } from "../../words/says";
import { useWords } from "../../words/use";
import { useLoaded } from "../parts/useLoaded";
import { historyWords } from "./words";

export const COMPARED_MOST = 4;

export function List() {
  const words = useWords(historyWords);
  const frame = useWords(frameWords);
  const { doc, error, again } = useLoaded(() => get<RunList>("/api/runs"), "runs");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [comparing, setComparing] = useState(false);
  const runs = doc?.runs ?? [];
  const toggle = (id: string) =>
    setChosen((now) => (now.includes(id) ? now.filter((other) => other !== id) : [...now, id]));
  return (
    <div className="page">
      <header className="row apart">
        <h1>{frame.screens.history}</h1>
        {runs.length > 1 ? (
          <div className="row">
            <a className="button" href={link("history", "wear")}>
              {words.wear}
            </a>
            {comparing && chosen.length > 1 ? (
              <a className="button main" href={link("history", "compare", ...chosen)}>
                {words.compareNow(`${chosen.length}`)}
              </a>
            ) : (
              <button type="button" aria-pressed={comparing} onClick={() => setComparing(!comparing)}>
                {words.compare}
              </button>
            )}
          </div>
        ) : null}
      </header>
      {comparing ? <p className="note">{words.compareHow}</p> : null}
      <Trouble error={error} again={again} />
      {doc && runs.length === 0 ? <p className="note">{words.none}</p> : null}
      <ul className="runs">
        {runs.map((run) => (
          <li key={run.id}>
            {comparing ? (
              <label className="check">
                <input
                  type="checkbox"
                  aria-label={words.choose(run.profile ?? words.tuning)}
                  checked={chosen.includes(run.id)}
                  disabled={!chosen.includes(run.id) && chosen.length >= COMPARED_MOST}
                  onChange={() => toggle(run.id)}
                />
              </label>
            ) : null}
            <Entry run={run} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Entry({ run }: { run: RunEntry }) {
  const words = useWords(historyWords);
  const units = useUnits();
  const currency = useKiln((now) => now.info?.currency ?? "");
  return (
    <a className="run" href={link("history", "run", run.id)}>
      <span className="run-what">
        <strong>{run.profile ?? words.tuning}</strong>
        <span className="quiet small">
          {run.started_ms === null ? words.unknownTime : units.date(run.started_ms)}
        </span>
      </span>
      <span className="run-facts figure">
        <span>{units.temp(run.peak_c)}</span>
        <span>{units.duration(lasted(run))}</span>
        <span>{run.energy_kwh === null ? "" : units.energy(run.energy_kwh)}</span>
        <span>{run.cost === null ? "" : units.money(run.cost, currency)}</span>
      </span>
      <span className="run-end">
        <End run={run} />
        {run.cone_result ? <span className="small">{run.cone_result}</span> : null}
        {run.notes ? <span className="quiet small clamp">{run.notes}</span> : null}
      </span>
    </a>
  );
}

/** How long it took, s: a tuning run's own clock is that of its last step. */
export const lasted = (run: RunEntry): number =>
  run.profile === null && run.started_ms !== null && run.ended_ms !== null
    ? (run.ended_ms - run.started_ms) / 1000
    : run.elapsed_s;

const SIGNS = {
  running: DotIcon,
  completed: CheckIcon,
  stopped: StopIcon,
  fault: AlarmIcon,
  interrupted: BoltIcon,
};

/** Why it ended: a word and a sign, never a colour alone. */
export function End({ run }: { run: RunEntry }) {
  const words = useWords(historyWords);
  const Sign = SIGNS[run.end];
  return (
    <span className={`end ${run.end}`}>
      <Sign /> {words.ends[run.end]}
      {run.fault ? <span className="small"> · {faultTold(run.fault).name}</span> : null}
    </span>
  );
}
