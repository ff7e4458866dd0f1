import type { ComponentType } from "react";
import { CONES } from "../../compute/cones";
import type { Plan } from "../../compute/machine";
import { CloseIcon, CopyIcon, DownIcon, UpIcon } from "../../frame/icons";
import type { ProfileStep } from "../../generated/wire";
import { useUnits } from "../../live/viewer";
import { useWords } from "../../words/use";
import { NumberField } from "../parts/NumberField";
import { asType, kindOf, moved, replaced, type StepKind } from "./draft";
import { profileWords } from "./words";

/** The steps as a table: the same model as the chart's. */
export function StepTable({
  steps,
  plan,
  firstFree = 0,
  wrong,
  chosen,
  onChange,
  onChoose,
}: {
  steps: readonly ProfileStep[];
  plan: Plan | null;
  /** Steps before this one cannot be changed. */
  firstFree?: number;
  /** The step that is refused. */
  wrong: number | null;
  chosen: number | null;
  onChange: (steps: readonly ProfileStep[], part?: string | null) => void;
  onChoose: (step: number | null) => void;
}) {
  const words = useWords(profileWords);
  const units = useUnits();
  return (
    <ol className="steps">
      {steps.map((step, at) => {
        const locked = at < firstFree;
        const planned = plan?.steps[at];
        const put = (next: ProfileStep, part: string | null = null) =>
          onChange(replaced(steps, at, next), part);
        const classes = [wrong === at && "wrong", chosen === at && "chosen", locked && "locked"];
        return (
          <li key={at} className={classes.filter(Boolean).join(" ")} onFocusCapture={() => onChoose(at)}>
            <span className="step-number" aria-hidden="true">
              {at + 1}
            </span>
            <div className="step-fields" role="group" aria-label={words.stepIs(`${at + 1}`)}>
              <select
                aria-label={words.kind}
                value={kindOf(step)}
                disabled={locked}
                onChange={(event) => put(asType(step, event.currentTarget.value as StepKind))}
              >
                {(Object.keys(words.kinds) as StepKind[]).map((kind) => (
                  <option key={kind} value={kind}>
                    {words.kinds[kind]}
                  </option>
                ))}
              </select>
              <StepFigures at={at} step={step} locked={locked} put={put} />
              <span className="step-takes figure quiet">
                {planned ? units.hours(planned.endS - planned.beginS) : ""}
              </span>
            </div>
            {locked ? (
              <span className="quiet small">{words.runLocked}</span>
            ) : (
              <StepButtons at={at} steps={steps} firstFree={firstFree} onChange={onChange} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** What a step of its kind has. */
function StepFigures({
  at,
  step,
  locked,
  put,
}: {
  at: number;
  step: ProfileStep;
  locked: boolean;
  put: (step: ProfileStep, part?: string | null) => void;
}) {
  const words = useWords(profileWords);
  const units = useUnits();
  const kind = kindOf(step);
  const part = (field: string) => `${field}${at}`;
  return (
    <>
      {kind === "open" ? null : (
        <NumberField
          bare
          label={words.target}
          unit={units.degree}
          value={units.toShown(step.target_temp ?? 0)}
          disabled={locked}
          onChange={(shown) => put({ ...step, target_temp: units.fromShown(shown) }, part("target"))}
        />
      )}
      {kind === "ramp" ? (
        <NumberField
          bare
          label={words.rate}
          unit={units.perHour}
          value={units.deltaToShown(typeof step.desired_rate === "number" ? step.desired_rate : 100)}
          disabled={locked}
          onChange={(shown) => put({ ...step, desired_rate: units.deltaFromShown(shown) }, part("rate"))}
        />
      ) : null}
      {kind === "cone" ? (
        <select
          aria-label={words.cone}
          value={step.until_cone}
          disabled={locked}
          onChange={(event) => put({ ...step, until_cone: event.currentTarget.value })}
        >
          {CONES.map((cone) => (
            <option key={cone} value={cone}>
              {`${words.cone} ${cone}`}
            </option>
          ))}
        </select>
      ) : null}
      {kind === "hold" || kind === "cone" ? (
        <NumberField
          bare
          label={kind === "cone" ? words.longest : words.minutes}
          unit="min"
          digits={1}
          value={(step.duration ?? step.longest_s ?? 0) / 60}
          disabled={locked}
          onChange={(minutes) =>
            put(
              { ...step, [kind === "cone" ? "longest_s" : "duration"]: Math.round(minutes * 60) },
              part("time"),
            )
          }
        />
      ) : null}
    </>
  );
}

function StepButtons({
  at,
  steps,
  firstFree,
  onChange,
}: {
  at: number;
  steps: readonly ProfileStep[];
  firstFree: number;
  onChange: (steps: readonly ProfileStep[]) => void;
}) {
  const words = useWords(profileWords);
  const does = (label: string, Sign: ComponentType, next: () => readonly ProfileStep[], off = false) => (
    <button
      type="button"
      className="icon"
      aria-label={label}
      title={label}
      disabled={off}
      onClick={() => onChange(next())}
    >
      <Sign />
    </button>
  );
  return (
    <span className="step-buttons">
      {does(words.up, UpIcon, () => moved(steps, at, at - 1), at <= firstFree)}
      {does(words.down, DownIcon, () => moved(steps, at, at + 1), at === steps.length - 1)}
      {does(words.duplicate, CopyIcon, () => [...steps.slice(0, at + 1), ...steps.slice(at)])}
      {does(words.removeStep, CloseIcon, () => steps.filter((_, index) => index !== at), steps.length === 1)}
    </span>
  );
}
