import { useEffect, useState } from "react";
import { get } from "../../api/client";
import { link } from "../../frame/router";
import type { RunEntry, RunList } from "../../generated/wire";
import { useStatus } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { faultTold } from "../../words/says";
import { useWords } from "../../words/use";
import { kilnWords } from "./words";

/** The last firing and why it ended. */
export function LastRun() {
  const words = useWords(kilnWords).last;
  const units = useUnits();
  const state = useStatus()?.state ?? null;
  const [last, show] = useState<RunEntry | null | undefined>(undefined);
  useEffect(() => {
    if (state === null || state === "running") return undefined;
    const ends = new AbortController();
    get<RunList>("/api/runs", { quiet: true, signal: ends.signal })
      // A tuning run is no firing, and has no profile.
      .then(({ runs }) => show(runs.find((run) => run.end !== "running" && run.profile !== null) ?? null))
      .catch(() => undefined);
    return () => ends.abort();
  }, [state]);
  if (last === undefined || state === "running") return null;
  if (last === null) {
    return (
      <section className="panel" aria-labelledby="last-title">
        <h2 id="last-title">{words.title}</h2>
        <p className="quiet">{words.none}</p>
      </section>
    );
  }
  return (
    <section className="panel" aria-labelledby="last-title" data-test="last-run">
      <h2 id="last-title">{words.title}</h2>
      <p className="last-name">
        <strong>{last.profile}</strong>
        <span className={`tag ${last.end}`}>{words[last.end]}</span>
      </p>
      {last.fault ? <p>{faultTold(last.fault).wrong}</p> : null}
      <dl className="facts">
        <dt>{words.ended}</dt>
        <dd>{units.date(last.ended_ms)}</dd>
        <dt>{words.peak}</dt>
        <dd>{units.temp(last.peak_c)}</dd>
        <dt>{words.took}</dt>
        <dd>{units.duration(last.elapsed_s)}</dd>
      </dl>
      <p>
        <a href={link("history", "run", last.id)}>{words.open}</a>
      </p>
    </section>
  );
}
