/** Chart and table of steps on one model, with what is known of them: shared by profiles and the running firing. */
import { useRef, useState } from "react";
import { EditorChart } from "../../chart/Editor";
import { compute } from "../../compute/client";
import { nearestCone } from "../../compute/cones";
import type { Plan } from "../../compute/machine";
import type { ProfileStep } from "../../generated/wire";
import { useKiln } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { useWords } from "../../words/use";
import { dropAndHold, kindOf, nextStep } from "./draft";
import { StepTable } from "./StepTable";
import { isRefused, ROOM_C, usePlan, useTrial } from "./usePlan";
import { profileWords } from "./words";

const STEPS_MOST = 32;

export function Outline({
  steps,
  firstFree = 0,
  onChange,
}: {
  steps: readonly ProfileStep[];
  firstFree?: number;
  onChange: (steps: readonly ProfileStep[], part?: string | null) => void;
}) {
  const words = useWords(profileWords);
  const units = useUnits();
  const max = useKiln((now) => now.info?.max_temp_c ?? null);
  const [chosen, setChosen] = useState<number | null>(null);
  const computed = usePlan(steps, ROOM_C);
  const refused = isRefused(computed.answer) ? computed.answer : null;
  const whole = useRef<Plan | null>(null);
  // While a number is typed there may be no plan: the last one stays in sight.
  if (computed.answer && !isRefused(computed.answer)) whole.current = computed.answer;
  const plan = whole.current;
  const trial = useTrial(steps, !refused && !computed.busy).answer;
  const drag = usePulling(steps, onChange);
  return (
    <>
      <div className="panel editor-chart">
        {plan && plan.steps.length === steps.length ? (
          <EditorChart
            plan={plan.steps}
            startC={ROOM_C}
            firstFree={firstFree}
            ghost={trial}
            limitC={max}
            chosen={chosen}
            label={(at) => words.kinds[kindOf(steps[at] ?? { type: "cooling" })]}
            labels={{ plan: words.planLine, ghost: words.kiln }}
            onChoose={setChosen}
            onPull={drag.pull}
            onDone={drag.done}
            height={innerWidth < 600 ? 196 : 300}
          />
        ) : (
          <div className="chart-wait" />
        )}
        <Known steps={steps} plan={plan} />
        {trial ? (
          <p className="chart-legend">
            <span className="temp">{words.planLine}</span>
            <span className="quiet">{words.kiln}</span>
            <span className="unseen">{units.temp(trial.hottestC)}</span>
          </p>
        ) : null}
        <Warnings steps={steps} plan={plan} trial={trial} />
        {refused ? (
          <p className="trouble" role="alert">
            {refused.step === null
              ? words.refusedAll(words.fields[refused.field], words.refused[refused.why])
              : words.refusedAt(
                  `${refused.step + 1}`,
                  words.fields[refused.field],
                  words.refused[refused.why],
                )}
          </p>
        ) : null}
        {computed.error ? <p className="note">{words.notComputed}</p> : null}
      </div>
      <section className="panel">
        <h2>{words.stepsTitle}</h2>
        <StepTable
          steps={steps}
          plan={plan}
          firstFree={firstFree}
          wrong={refused?.step ?? null}
          chosen={chosen}
          onChange={onChange}
          onChoose={setChosen}
        />
        <div className="row">
          <button
            type="button"
            disabled={steps.length >= STEPS_MOST}
            onClick={() => onChange([...steps, nextStep(steps)])}
          >
            {words.add}
          </button>
          <button
            type="button"
            disabled={steps.length >= STEPS_MOST - 1}
            onClick={() => onChange(dropAndHold(steps))}
          >
            {words.drop}
          </button>
        </div>
      </section>
    </>
  );
}

/** A pull is computed beside the page: the newest counts, and one at a time. */
function usePulling(
  steps: readonly ProfileStep[],
  onChange: (steps: readonly ProfileStep[], part?: string | null) => void,
) {
  const latest = useRef({ steps, onChange });
  latest.current = { steps, onChange };
  const wanted = useRef<[number, number, number] | null>(null);
  const busy = useRef(false);
  const part = useRef(0);
  const work = async () => {
    if (busy.current) return;
    busy.current = true;
    while (wanted.current) {
      const [step, seconds, celsius] = wanted.current;
      wanted.current = null;
      const mine = part.current;
      try {
        const next = await compute("pull", latest.current.steps, step, seconds, celsius, ROOM_C);
        latest.current.onChange(next, `pull${step}.${mine}`);
        // The next pull starts from what this one made.
        latest.current = { ...latest.current, steps: next };
      } catch {
        wanted.current = null;
      }
    }
    busy.current = false;
  };
  return {
    pull(step: number, seconds: number, celsius: number) {
      wanted.current = [step, seconds, celsius];
      void work();
    },
    done() {
      part.current += 1;
    },
  };
}

function Known({ plan }: { steps: readonly ProfileStep[]; plan: Plan | null }) {
  const words = useWords(profileWords);
  const units = useUnits();
  const cone = plan?.work;
  const about = cone ? (cone.estimate ? words.aboutEstimate : words.about)(nearestCone(cone)) : words.noCone;
  return (
    <p className="editor-facts figure" aria-live="polite">
      <span>
        {words.peak} <strong>{units.temp(plan?.peakC)}</strong> <span className="quiet">{about}</span>
      </span>
      <span>
        {words.length} <strong>{units.duration(plan?.seconds)}</strong>
      </span>
    </p>
  );
}

function Warnings({
  plan,
  trial,
}: {
  steps: readonly ProfileStep[];
  plan: Plan | null;
  trial: ReturnType<typeof useTrial>["answer"];
}) {
  const words = useWords(profileWords);
  const units = useUnits();
  const max = useKiln((now) => now.info?.max_temp_c ?? null);
  const all: string[] = [];
  if (plan?.peakC != null && max !== null && plan.peakC > max) all.push(words.tooHot(units.temp(max)));
  if (trial) {
    if (trial.ended !== "complete") all.push(words.notEnd);
    else if (trial.lagK > 20) all.push(words.behind(units.delta(trial.lagK)));
    if (trial.waitedS > 600) all.push(words.waits(units.duration(trial.waitedS)));
  }
  if (all.length === 0) return null;
  return <p className="warning">{all.join(" ")}</p>;
}
