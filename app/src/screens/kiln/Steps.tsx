import type { Profile, ProfileStep } from "../../generated/wire";
import { useStatus } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import type { Units } from "../../units/format";
import { useWords } from "../../words/use";
import { kilnWords } from "./words";

type Words = (typeof kilnWords)["en"];

/** The steps of what is fired, the running one marked. */
export function Steps({ profile }: { profile: Profile | null }) {
  const words = useWords(kilnWords);
  const units = useUnits();
  const status = useStatus();
  const run = status?.state === "running" ? status.run : null;
  if (!profile || !run || run.kind !== "profile" || profile.steps.length !== run.step.count) return null;
  const now = run.step.index;
  return (
    <section className="panel" aria-labelledby="steps-title">
      <h2 id="steps-title">{words.steps}</h2>
      <ol className="run-steps">
        {profile.steps.map((step, index) => (
          <li key={index} className={index < now ? "done" : index === now ? "now" : ""}>
            <span className="steps-n">{index + 1}</span>
            <span>{stepSays(step, profile, words, units)}</span>
            <span className="steps-state">
              {index < now ? words.stepDone : index === now ? words.stepNow : ""}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What a ramp without a rate goes at, °C/h: the documents' own rule. */
const USUAL_RATE = 100;

/** A step in words; a profile is in its own unit, the viewer has another. */
export function stepSays(
  step: ProfileStep,
  profile: Pick<Profile, "temp_units">,
  words: Words,
  units: Units,
): string {
  const fahrenheit = profile.temp_units === "f";
  const celsius = (temp: number | undefined) =>
    temp === undefined ? null : fahrenheit ? (temp - 32) / 1.8 : temp;
  const at = units.temp(celsius(step.target_temp));
  if (step.type === "hold") {
    return step.until_cone !== undefined
      ? words.stepCone(at, step.until_cone)
      : words.stepHold(at, units.duration(step.duration));
  }
  const given = step.desired_rate ?? (step.type === "ramp" ? USUAL_RATE : "full");
  const rate = given === "full" ? null : given / (fahrenheit && step.desired_rate !== undefined ? 1.8 : 1);
  if (step.type === "cooling") {
    return rate === null ? words.stepCoolFree(at) : words.stepCool(at, units.rate(Math.abs(rate)));
  }
  return rate === null ? words.stepFull(at) : words.stepRamp(at, units.rate(rate));
}
