import { useEffect, useMemo, useState } from "react";
import { get, named } from "../../api/client";
import { type Line, Plot } from "../../chart/Plot";
import { compute } from "../../compute/client";
import type { Analysis, Fired, Gains, Rule } from "../../compute/machine";
import { useComputed } from "../../compute/use";
import { link } from "../../frame/router";
import { Trouble } from "../../frame/Trouble";
import type { Config, Profile, ProfileList } from "../../generated/wire";
import { useKiln } from "../../live/kiln";
import { say } from "../../live/says";
import { useStore } from "../../live/store";
import { useUnits } from "../../live/viewer";
import { useWords } from "../../words/use";
import { useLoaded } from "../parts/useLoaded";
import { type Draft, draftOf } from "../profiles/draft";
import { readable } from "../profiles/names";
import { TEMPLATES } from "../profiles/templates";
import { ROOM_C } from "../profiles/usePlan";
import { applyGains, atBase, before } from "./gains";
import { InForce, Three } from "./Overview";
import type { Verdict } from "./Result";
import { tuningWords } from "./words";

type Chosen = Rule | "relay";
/** Between gentle and brisk, where most kilns are well off. */
const PACE = 0.3;
/** Hotter than it was fitted by that much is an estimate, K. */
const FAR_K = 100;
/** A mean distance that much larger is worse, K. */
const WORSE_K = 0.5;

export function Propose({
  analysis,
  verdict,
  config,
}: {
  analysis: Analysis;
  verdict: Verdict;
  config: Config;
}) {
  const words = useWords(tuningWords);
  const { fit, swing } = analysis;
  const [rule, setRule] = useState<Chosen>(fit ? "simc" : "relay");
  const [pace, setPace] = useState(PACE);
  const [tried, setTried] = useState<Tried>(UNTRIED);
  const proposed = useComputed(async () => {
    const gains =
      rule === "relay"
        ? swing && (await compute("relayGains", swing))
        : fit && (await compute("gains", rule, pace, fit));
    return gains && atBase(gains, fit?.aboutC ?? config.control.gain_ambient_c, config);
  }, [rule, pace, fit, swing, config]);
  const gains = proposed.answer;
  return (
    <>
      <section className="panel">
        <h2>{words.propose}</h2>
        {fit ? (
          <label className="pace">
            <span>{words.gentle}</span>
            <input
              type="range"
              min={0}
              max={1}
              step={0.05}
              value={pace}
              disabled={rule !== "simc"}
              aria-label={words.pace}
              onChange={(event) => setPace(Number(event.currentTarget.value))}
            />
            <span>{words.brisk}</span>
          </label>
        ) : null}
        <div className="two">
          <div>
            <p className="quiet small">{words.current}</p>
            <Three gains={config.control} quiet />
          </div>
          <div>
            <p className="quiet small">{words.proposed}</p>
            <Three gains={gains} />
          </div>
        </div>
        <Trouble error={proposed.error} />
        <details className="more">
          <summary>{words.expert}</summary>
          <label className="field">
            <span>{words.rule}</span>
            <select value={rule} onChange={(event) => setRule(event.currentTarget.value as Chosen)}>
              {(Object.keys(words.rules) as Chosen[])
                .filter((known) => (known === "relay" ? swing !== null : fit !== null))
                .map((known) => (
                  <option key={known} value={known}>
                    {words.rules[known]}
                  </option>
                ))}
            </select>
          </label>
        </details>
      </section>
      {fit && gains ? (
        <Trial kiln={fit.kiln} hottestC={fit.hottestC} gains={gains} config={config} onTried={setTried} />
      ) : null}
      {gains ? (
        <Apply
          gains={gains}
          verdict={rule === "relay" && !fit ? "fair" : verdict}
          tried={tried}
          config={config}
        />
      ) : null}
    </>
  );
}

interface Tried {
  current: Fired | null;
  proposed: Fired | null;
}

const UNTRIED: Tried = { current: null, proposed: null };

/** Both gains on the user's own profile, on the fitted kiln. */
function Trial({
  kiln,
  hottestC,
  gains,
  config,
  onTried,
}: {
  kiln: number[];
  hottestC: number;
  gains: Gains;
  config: Config;
  onTried: (tried: Tried) => void;
}) {
  const words = useWords(tuningWords);
  const units = useUnits();
  const [name, setName] = useState("");
  const maxTempC = useKiln((now) => now.info?.max_temp_c ?? 1300);
  const list = useLoaded(() => get<ProfileList>("/api/profiles"), "profiles");
  const names = (list.doc?.profiles ?? [])
    .filter((known) => known.refused === null)
    .map((known) => known.name);
  const chosen = name || names[0] || TEMPLATES[0]?.name || "";
  const profile = useLoaded<Draft | null>(async () => {
    if (names.includes(chosen)) return draftOf(await get<Profile>(`/api/profiles/${named(chosen)}`));
    const template = TEMPLATES.find((known) => known.name === chosen);
    return template ? draftOf(template) : null;
  }, `${chosen}${names.length}`);
  const steps = profile.doc?.steps;
  const { control } = config;
  const fire = (those: Gains) =>
    compute("fire", steps ?? [], kiln, {
      gains: those,
      growth: control.gain_growth_per_k,
      ambientC: control.gain_ambient_c,
      windowS: control.window_s,
      maxTempC,
      startC: ROOM_C,
    });
  const now = useComputed(steps ? () => fire(control) : null, [steps, kiln, maxTempC]);
  const next = useComputed(steps ? () => fire(gains) : null, [
    steps,
    kiln,
    maxTempC,
    gains.kp,
    gains.ki,
    gains.kd,
  ]);
  const tried = useMemo<Tried>(
    () => ({ current: now.answer, proposed: next.answer }),
    [now.answer, next.answer],
  );
  useEffect(() => onTried(tried), [onTried, tried]);
  const { times, lines } = useMemo(() => together(tried, words), [tried, words]);
  return (
    <section className="panel">
      <h2>{words.trial}</h2>
      <p className="quiet small">{words.trialWhy}</p>
      <label className="field">
        <span>{words.profile}</span>
        <select value={chosen} onChange={(event) => setName(event.currentTarget.value)}>
          {[...names, ...TEMPLATES.map((template) => template.name).filter((known) => !names.includes(known))]
            // A template's name is a person's already.
            .map((known) => (
              <option key={known} value={known}>
                {names.includes(known) ? readable(known) : known}
              </option>
            ))}
        </select>
      </label>
      <p className="quiet small" role="status">
        {now.busy || next.busy
          ? words.trialBusy
          : (tried.proposed?.hottestC ?? 0) > hottestC + FAR_K
            ? words.trialFar
            : ""}
      </p>
      {times.length > 0 ? (
        <>
          <Plot times={times} lines={lines} summary={words.trial} />
          <p className="chart-legend">
            {lines.map((line) => (
              <span key={line.label} className={line.colour}>
                {line.label}
              </span>
            ))}
          </p>
          <Table tried={tried} units={units} words={words} />
        </>
      ) : null}
      <Trouble error={now.error ?? next.error ?? profile.error} />
    </section>
  );
}

function Table({
  tried,
  units,
  words,
}: {
  tried: Tried;
  units: ReturnType<typeof useUnits>;
  words: (typeof tuningWords)["en"];
}) {
  const rows: [string, (fired: Fired) => string][] = [
    [words.overshoot, (fired) => units.delta(fired.overshootK, 1)],
    [words.distance, (fired) => units.delta(fired.distanceK, 2)],
    [words.within, (fired) => units.percent(100 * fired.within5Share)],
    [words.waited, (fired) => units.duration(fired.waitedS)],
    [words.ended, (fired) => (fired.ended === "complete" ? words.yes : words.no)],
  ];
  return (
    <table>
      <thead>
        <tr>
          <td />
          <th scope="col">{words.current}</th>
          <th scope="col">{words.proposed}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([what, figure]) => (
          <tr key={what}>
            <th scope="row">{what}</th>
            <td>{tried.current ? figure(tried.current) : "—"}</td>
            <td>
              <strong>{tried.proposed ? figure(tried.proposed) : "—"}</strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whether the gains in force do clearly better here. */
function worse({ current, proposed }: Tried): boolean {
  if (current?.ended !== "complete" || !proposed) return false;
  return proposed.ended !== "complete" || proposed.distanceK > current.distanceK + WORSE_K;
}

/** Both firings on one clock: their points need not be at the same seconds. */
function together(
  { current, proposed }: Tried,
  words: (typeof tuningWords)["en"],
): { times: number[]; lines: Line[] } {
  const all = [current, proposed].filter((fired) => fired !== null);
  const times = [...new Set(all.flatMap((fired) => fired.times))].sort((a, b) => a - b);
  // What is not known at a moment of the other is no gap: it is drawn over.
  const on = (fired: Fired | null, values: keyof Pick<Fired, "temps" | "targets">) => {
    const known = new Map((fired?.times ?? []).map((time, at) => [time, fired?.[values][at] ?? null]));
    return times.map((time) => known.get(time) as number | null);
  };
  const lines: Line[] = [
    { label: words.profile, colour: "plan", kind: "faint", values: on(proposed ?? current, "targets") },
    { label: words.current, colour: "quiet", kind: "dashed", values: on(current, "temps") },
    { label: words.proposed, colour: "temp", values: on(proposed, "temps") },
  ];
  return { times, lines };
}

/**
 * Puts them in force. A fit that is not good wants a word typed; where the gains in force do better, to keep them is
 * what is offered first.
 */
function Apply({
  gains,
  verdict,
  tried,
  config,
}: {
  gains: Gains;
  verdict: Verdict;
  tried: Tried;
  config: Config;
}) {
  const words = useWords(tuningWords);
  const units = useUnits();
  const isWorse = worse(tried);
  const was = useStore(before);
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [applied, setApplied] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const free = verdict === "good" || typed.trim().toUpperCase() === words.overrideWord;
  const apply = async () => {
    setBusy(true);
    setError(null);
    try {
      await applyGains(gains, config);
      setApplied(applied + 1);
      say(words.applied);
    } catch (error) {
      setError(error);
    }
    setBusy(false);
  };
  return (
    <>
      {verdict === "good" ? null : (
        <label className="field">
          <span>{words.override(words.overrideWord)}</span>
          <input value={typed} autoComplete="off" onChange={(event) => setTyped(event.currentTarget.value)} />
        </label>
      )}
      <Trouble error={error} />
      {isWorse ? (
        <p className="warning" role="status" data-test="worse">
          <strong>{words.worse}</strong>{" "}
          {tried.proposed?.ended === "complete"
            ? words.worseBy(
                units.delta(tried.proposed.distanceK, 2),
                units.delta(tried.current?.distanceK, 2),
              )
            : words.worseEnds}
        </p>
      ) : null}
      <div className="buttons">
        <button
          type="button"
          className={isWorse ? "" : "main"}
          disabled={!free || busy}
          onClick={() => void apply()}
        >
          {busy ? words.applying : isWorse ? words.applyWorse : words.apply}
        </button>
        {isWorse ? (
          <a className="button main" href={link("tuning")}>
            {words.keep}
          </a>
        ) : null}
      </div>
      {was ? <InForce on={`${applied}`} /> : null}
    </>
  );
}
