import type { ReactNode } from "react";
import type { Status } from "../../generated/wire";
import { kilnNow, useKiln } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import type { Units } from "../../units/format";
import { useWords } from "../../words/use";
import { behind } from "./plan";
import { kilnWords } from "./words";

type Words = (typeof kilnWords)["en"];

/** Within that a kiln is on its plan, K. */
const ON_PLAN_K = 3;

/** The figures beside the temperature, each with what it is compared to. */
export function Figures() {
  const words = useWords(kilnWords);
  const units = useUnits();
  const { status, info } = useKiln((now) => now);
  if (status === null) return null;
  const { run } = status;
  const fired = status.state === "running" && run !== null;
  return (
    <section aria-label={words.figures}>
      <dl className="figures">
        <Figure
          name={words.power}
          value={units.percent(status.output_percent)}
          more={status.relays_on.length > 0 ? words.relayOn : words.relayOff}
        />
        {fired ? <Rate status={status} words={words} units={units} /> : null}
        {fired ? <Behind status={status} words={words} units={units} /> : null}
        {fired && run.kind === "profile" ? (
          <Figure
            name={words.ends}
            value={units.clock(kilnNow() + 1000 * run.remaining_s, kilnNow())}
            more={words.left(units.duration(run.remaining_s))}
          />
        ) : null}
        {fired ? <Figure name={words.elapsed} value={units.duration(run.elapsed_s)} /> : null}
        {run && (fired || status.state === "complete") ? (
          <Figure
            name={words.energy}
            value={units.energy(run.energy_kwh)}
            more={
              run.energy_kwh === null
                ? words.energyUnknown
                : run.cost !== null
                  ? units.money(run.cost, info?.currency ?? "")
                  : null
            }
          />
        ) : null}
        {run?.cone ? (
          <Figure
            name={words.cone}
            value={words.coneIs(run.cone.reached)}
            more={
              run.cone.next
                ? `${words.coneNext(units.percent(run.cone.beyond_percent), run.cone.next)}${run.cone.estimate ? ` · ${words.coneEstimate}` : ""}`
                : null
            }
          />
        ) : null}
        <Figure name={words.board} value={units.temp(status.terminals_c)} more={words.boardHint} />
      </dl>
    </section>
  );
}

function Figure({ name, value, more }: { name: string; value: string; more?: ReactNode }) {
  return (
    <div className="figure-box">
      <dt>{name}</dt>
      <dd>
        <span className="figure-value">{value}</span>
        {more ? <span className="figure-more">{more}</span> : null}
      </dd>
    </div>
  );
}

interface Shown {
  status: Status;
  words: Words;
  units: Units;
}

function Rate({ status, words, units }: Shown) {
  const step = status.run?.step;
  if (!step) return null;
  const wanted = step.rate_wanted_c_per_h;
  const more = step.kind === "hold" || wanted === null ? null : words.ratePlan(units.rate(wanted));
  return <Figure name={words.rate} value={units.rate(step.rate_measured_c_per_h, true)} more={more} />;
}

function Behind({ status, words, units }: Shown) {
  const now = behind(status);
  if (now === null) return null;
  if (Math.abs(now.kelvin) <= ON_PLAN_K) {
    return <Figure name={words.onPlan} value={words.onPlanWithin(units.delta(ON_PLAN_K))} />;
  }
  const name = now.kelvin > 0 ? words.behind : words.ahead;
  const more = now.seconds === null ? null : words.behindBy(units.duration(now.seconds));
  return <Figure name={name} value={units.delta(Math.abs(now.kelvin))} more={more} />;
}
