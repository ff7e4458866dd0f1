import { useEffect, useState } from "react";
import { get } from "../../api/client";
import type { Diag } from "../../generated/wire";
import { useKiln } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { errorSays, faultTold } from "../../words/says";
import { useWords } from "../../words/use";
import { diagnosticsWords } from "./words";

const EVERY_MS = 10_000;

/** What the controller says of itself, fetched again from time to time while it is looked at. */
export function Device() {
  const words = useWords(diagnosticsWords);
  const units = useUnits();
  const [diag, show] = useState<Diag | null>(null);
  const [trouble, say] = useState<string | null>(null);
  const live = useKiln((now) => now.link === "live");
  useEffect(() => {
    if (!live) return undefined;
    const look = () =>
      get<Diag>("/api/diag").then(
        (diag) => {
          show(diag);
          say(null);
        },
        (error) => say(errorSays(error)),
      );
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => clearInterval(timer);
  }, [live]);
  if (diag === null) return trouble ? <p className="trouble">{trouble}</p> : null;
  const { resets, storage, memory, last_fault: last } = diag;
  const say_ = words.device;
  return (
    <>
      <section className="panel" aria-labelledby="device-title">
        <h2 id="device-title">{say_.title}</h2>
        {diag.config_trouble ? <p className="trouble">{say_.trouble}</p> : null}
        {storage.mounted ? null : <p className="trouble">{say_.unmounted}</p>}
        {resets.minimal ? <p className="trouble">{say_.minimal}</p> : null}
        <dl className="facts">
          <dt>{say_.uptime}</dt>
          <dd>{units.duration(diag.uptime_s)}</dd>
          <dt>{say_.cause}</dt>
          <dd>{say_.causes[resets.cause]}</dd>
          <dt>{say_.resets}</dt>
          <dd>
            {resets.application} · {resets.control}
          </dd>
          <dt>{say_.storage}</dt>
          <dd>{say_.of(units.bytes(storage.bytes_free), units.bytes(storage.bytes))}</dd>
          {memory ? (
            <>
              <dt>{say_.stack}</dt>
              <dd>{say_.of(units.bytes(memory.stack_most_bytes), units.bytes(memory.stack_bytes))}</dd>
            </>
          ) : null}
          <dt>{say_.lost}</dt>
          <dd>{units.number(diag.rows_lost)}</dd>
          <dt>{words.now.requests}</dt>
          <dd>{units.number(diag.requests_refused)}</dd>
          <dt>{say_.faults}</dt>
          <dd>{units.number(diag.faults_total)}</dd>
          {last ? (
            <>
              <dt>{say_.last}</dt>
              <dd>
                {last.fault.code} {faultTold(last.fault).name}
                {last.at_ms === null ? "" : `, ${units.date(last.at_ms)}`}
              </dd>
            </>
          ) : null}
        </dl>
      </section>
      <Evidence diag={diag} />
    </>
  );
}

function Evidence({ diag }: { diag: Diag }) {
  const words = useWords(diagnosticsWords).evidence;
  const units = useUnits();
  return (
    <section className="panel" aria-labelledby="evidence-title">
      <h2 id="evidence-title">{words.title}</h2>
      {diag.evidence.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <div role="group" className="scroll" tabIndex={0} aria-label={words.title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.fault}</th>
                <th scope="col">{words.reading}</th>
                <th scope="col">{words.raw}</th>
                <th scope="col">{words.target}</th>
                <th scope="col">{words.power}</th>
              </tr>
            </thead>
            <tbody>
              {diag.evidence.map((seen) => (
                <tr key={`${seen.fault.code} ${seen.control_ms}`}>
                  <th scope="row">
                    {seen.fault.code} {faultTold(seen.fault).name}
                  </th>
                  <td>{units.temp(seen.temp_c, 1)}</td>
                  <td>{units.temp(seen.raw_c, 1)}</td>
                  <td>{units.temp(seen.target_c)}</td>
                  <td>{units.percent(seen.output_percent)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
