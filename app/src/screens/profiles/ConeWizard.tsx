import { useState } from "react";
import { compute } from "../../compute/client";
import { CONES, coneIndex } from "../../compute/cones";
import { useComputed } from "../../compute/use";
import { go, link } from "../../frame/router";
import { Trouble } from "../../frame/Trouble";
import { useKiln } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { useWords } from "../../words/use";
import { pending } from "./pending";
import { ROOM_C } from "./usePlan";
import { profileWords } from "./words";

const WARES = ["bisque", "glaze"] as const;
const SPEEDS = ["slow", "medium", "fast"] as const;

export function ConeWizard() {
  const words = useWords(profileWords);
  const units = useUnits();
  const max = useKiln((now) => now.info?.max_temp_c ?? null);
  const [cone, setCone] = useState("04");
  const [ware, setWare] = useState<(typeof WARES)[number]>("bisque");
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>("medium");
  const made = useComputed(async () => {
    const index = coneIndex(cone) ?? 0;
    const steps = await compute("coneProfile", index, WARES.indexOf(ware), SPEEDS.indexOf(speed));
    if (!Array.isArray(steps))
      return { steps: null, tooHotC: steps.tooHotC, plan: null, falls: null, rate: 0 };
    const plan = await compute("plan", steps, ROOM_C);
    const last = steps.at(-1)?.desired_rate;
    const rate = typeof last === "number" ? last : 60;
    const falls = await compute("coneFalls", index, rate);
    return { steps, tooHotC: null, plan: "why" in plan ? null : plan, falls, rate };
  }, [cone, ware, speed]);
  const answer = made.answer;
  const endC = answer?.tooHotC ?? answer?.plan?.peakC ?? null;
  const tooHot = endC !== null && max !== null && endC > max;
  const open = () => {
    if (!answer?.steps) return;
    const name = words.coneName(cone, words.wareNames[ware], words.speedNames[speed]);
    pending({ name, description: "", steps: answer.steps });
    go("profiles", "-", "new");
  };
  return (
    <div className="page narrow">
      <a className="back" href={link("profiles")}>
        ← {words.back}
      </a>
      <h1>{words.coneTitle}</h1>
      <label className="field">
        <span>{words.coneWhich}</span>
        <select value={cone} onChange={(event) => setCone(event.currentTarget.value)}>
          {CONES.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{words.ware}</span>
        <select value={ware} onChange={(event) => setWare(event.currentTarget.value as typeof ware)}>
          {WARES.map((name) => (
            <option key={name} value={name}>
              {words[name]}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{words.speed}</span>
        <select value={speed} onChange={(event) => setSpeed(event.currentTarget.value as typeof speed)}>
          {SPEEDS.map((name) => (
            <option key={name} value={name}>
              {words[name]}
            </option>
          ))}
        </select>
      </label>
      <div className="panel" aria-live="polite">
        {tooHot ? (
          <p className="warning">{words.coneTooHot(units.temp(endC), units.temp(max))}</p>
        ) : (
          <p className="figure">
            <strong>{words.coneEnds(units.temp(endC), units.duration(answer?.plan?.seconds))}</strong>
          </p>
        )}
        {answer?.falls ? (
          <p className="quiet small">
            {words.coneFalls(units.temp(answer.falls.celsius), units.rate(answer.rate))}
          </p>
        ) : null}
        <Trouble error={made.error} />
      </div>
      <div className="buttons">
        <button type="button" className="main" disabled={!answer?.steps} onClick={open}>
          {words.coneGo}
        </button>
      </div>
    </div>
  );
}
