import { isProbeOpen } from "../../frame/state";
import type { Status } from "../../generated/wire";
import { useKiln } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { UNKNOWN, type Units } from "../../units/format";
import { useWords } from "../../words/use";
import { stepLeft } from "./plan";
import { kilnWords } from "./words";

type Words = (typeof kilnWords)["en"];

/** How hot it is, seen from three metres; where it goes, and what it does in one sentence. */
export function Hero() {
  const words = useWords(kilnWords);
  const units = useUnits();
  const { status, link, info } = useKiln((now) => now);
  const open = isProbeOpen(status);
  const temp = open ? UNKNOWN : units.tempBare(status?.temp_c, 1);
  const [whole, tenth] = split(temp);
  const run = status?.run ?? null;
  const fired = status?.state === "running" && run !== null;
  return (
    <section className="hero" aria-labelledby="hero-title">
      <h1 id="hero-title">
        {fired ? run.profile : words.title(info?.name || "pico-kiln")}
        {fired && run.kind === "profile" ? (
          <span className="hero-step">{words.step(`${run.step.index + 1}`, `${run.step.count}`)}</span>
        ) : null}
      </h1>
      <p className={`hero-temp ${link === "stale" || link === "lost" ? "old" : ""}`} data-test="hero">
        <span className="unseen">{words.now}</span>
        <span className="hero-figure">
          {whole}
          {tenth ? <span className="hero-tenth">{tenth}</span> : null}
        </span>
        <span className="hero-unit">
          {open ? words.probeOpen : status?.temp_c == null && status ? words.noReading : units.degree}
        </span>
        {status?.target_c != null ? (
          <span className="hero-target">
            <span aria-hidden="true">→ </span>
            <span className="unseen">{words.target} </span>
            {units.temp(status.target_c)}
          </span>
        ) : null}
      </p>
      <p className="hero-words" data-test="doing">
        {doing(status, words, units)}
      </p>
      {fired && run.waiting ? (
        <p className="hero-waiting">
          {words.waiting[run.waiting.why]}{" "}
          {run.waiting.for_s !== null && run.waiting.for_s >= 5
            ? words.waiting.for(units.duration(run.waiting.for_s))
            : ""}
        </p>
      ) : null}
      {fired && run.kind === "profile" ? (
        <div
          className="progress"
          role="progressbar"
          aria-label={words.progress}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(run.progress_percent)}
        >
          <span style={{ width: `${run.progress_percent}%` }} />
        </div>
      ) : null}
    </section>
  );
}

/** The last place is smaller: what is read from afar is the degree. */
function split(figure: string): [string, string | null] {
  const at = figure.search(/[.,٫]\d$/);
  return at > 0 ? [figure.slice(0, at), figure.slice(at)] : [figure, null];
}

export function doing(status: Status | null, words: Words, units: Units): string {
  const say = words.doing;
  if (status === null) return say.never;
  if (status.state === "idle") return say.idle;
  if (status.state === "error") return say.error;
  if (status.state === "complete") return status.run ? say.complete(status.run.profile) : say.idle;
  if (status.state === "tuning") {
    const { tuning } = status;
    return tuning
      ? say.tuningStep(`${Math.min(tuning.step + 1, tuning.steps)}`, `${tuning.steps}`)
      : say.tuning;
  }
  const { run } = status;
  if (run === null) return say.idle;
  const { step } = run;
  const to = units.temp(step.target_c ?? status.target_c);
  const left = stepLeft(status);
  if (run.kind === "bank") return say.bank(to);
  if (run.kind === "manual" && step.kind === "hold") return say.manual(to, units.duration(left));
  if (step.kind === "hold") {
    if (step.until_cone !== null) return say.holdingCone(to, step.until_cone);
    return left === null ? say.holdingOn(to) : say.holding(to, units.duration(left));
  }
  const rate = step.rate_wanted_c_per_h;
  if (step.kind === "cooling")
    return rate === null ? say.coolingFree(to) : say.cooling(to, units.rate(Math.abs(rate)));
  return rate === null ? say.climbingFull(to) : say.climbing(to, units.rate(rate));
}
