import { useState } from "react";
import { post } from "../../api/client";
import { go, link } from "../../frame/router";
import { Trouble } from "../../frame/Trouble";
import { frameWords } from "../../frame/words";
import type { CommandAnswer, TuningModeWord } from "../../generated/wire";
import { useCommand } from "../../live/command";
import { isActive, useStatus } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { fateSays } from "../../words/says";
import { useWords } from "../../words/use";
import { NumberField } from "../parts/NumberField";
import { tuningWords } from "./words";

/** What the plans that ship came to on simulated kilns: `crates/kiln-core/src/tune/shipping.rs`. */
const MODES: readonly { mode: TuningModeWord; minutes: [number, number]; hottestC: number; capC: number }[] =
  [
    { mode: "safe", minutes: [32, 44], hottestC: 79, capC: 100 },
    { mode: "standard", minutes: [66, 78], hottestC: 129, capC: 150 },
    { mode: "thorough", minutes: [186, 198], hottestC: 177, capC: 200 },
    { mode: "high_temp", minutes: [96, 276], hottestC: 462, capC: 500 },
    { mode: "relay", minutes: [12, 37], hottestC: 189, capC: 250 },
  ];

export function Begin() {
  const words = useWords(tuningWords);
  const frame = useWords(frameWords);
  const units = useUnits();
  const status = useStatus();
  const [mode, setMode] = useState<TuningModeWord>("standard");
  const [agreed, setAgreed] = useState(false);
  const [capC, setCapC] = useState<number | null>(null);
  const [fate, send] = useCommand();
  const chosen = MODES.find((known) => known.mode === mode);
  const busy = isActive(status);
  const start = async () => {
    const became = await send((options) =>
      post<CommandAnswer>("/api/tuning", capC === null ? { mode } : { mode, max_temp_c: capC }, options),
    );
    if (became.is === "done") go("tuning", "live");
  };
  return (
    <div className="page narrow">
      <a className="back" href={link("tuning")}>
        ← {frame.screens.tuning}
      </a>
      <h1>{words.begin}</h1>
      <fieldset className="modes">
        <legend>
          <h2>{words.choose}</h2>
        </legend>
        {MODES.map(({ mode: known, minutes, hottestC, capC: cap }) => (
          <label key={known} className={known === mode ? "mode chosen" : "mode"}>
            <input type="radio" name="mode" checked={known === mode} onChange={() => setMode(known)} />
            <span>
              <strong>{words.modes[known]}</strong>
              <span>{words.modeWhy[known]}</span>
              <span className="quiet small figure">
                {words.limits(
                  words.hour(units.duration(60 * minutes[0]), units.duration(60 * minutes[1])),
                  units.temp(hottestC),
                  units.temp(cap),
                )}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <NumberField
        label={words.cap}
        unit={units.degree}
        value={units.toShown(capC ?? chosen?.capC ?? 100)}
        onChange={(shown) => setCapC(units.fromShown(shown))}
      />
      <section className="panel">
        <h2>{words.safety}</h2>
        <ul className="dots">
          {Object.values(words.safetyList).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <label className="check">
          <input
            type="checkbox"
            checked={agreed}
            onChange={(event) => setAgreed(event.currentTarget.checked)}
          />
          <span>{words.agree}</span>
        </label>
      </section>
      {busy ? <p className="note">{words.busyKiln}</p> : null}
      <Trouble error={fateSays(fate)} />
      <div className="buttons">
        <button
          type="button"
          className="main"
          disabled={!agreed || busy || fate.is === "pending"}
          onClick={() => void start()}
        >
          {fate.is === "pending" ? words.starting : words.start}
        </button>
      </div>
    </div>
  );
}
