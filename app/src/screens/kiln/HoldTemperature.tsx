import { type FormEvent, useState } from "react";
import { post } from "../../api/client";
import { Sheet } from "../../frame/Sheet";
import { frameWords } from "../../frame/words";
import type { CommandAnswer } from "../../generated/wire";
import { useCommand } from "../../live/command";
import { useKiln } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { fateSays } from "../../words/says";
import { useWords } from "../../words/use";
import { kilnWords } from "./words";

/** What a bare hold begins with; never above what the kiln may. */
const USUAL_C = 100;
const USUAL_MIN = 60;

/** A temperature without a profile, for a time that ends by itself. */
export function HoldTemperature({ onClose }: { onClose: () => void }) {
  const words = useWords(kilnWords);
  const frame = useWords(frameWords);
  const units = useUnits();
  const { status, info } = useKiln((now) => now);
  const [fate, send] = useCommand();
  const running = status?.run?.kind === "manual" && status.state === "running";
  const now = running ? (status.target_c ?? USUAL_C) : USUAL_C;
  const [temp, setTemp] = useState(() => `${Math.round(units.toShown(now))}`);
  const [minutes, setMinutes] = useState(`${USUAL_MIN}`);
  const trouble = fateSays(fate);
  const most = info ? Math.floor(units.toShown(info.max_temp_c)) : undefined;
  const longest = info ? Math.floor(info.limits.manual_hold_longest_s / 60) : undefined;
  const hold = async (event: FormEvent) => {
    event.preventDefault();
    const doc = { target_c: units.fromShown(Number(temp)), minutes: Number(minutes) };
    const became = await send((options) => post<CommandAnswer>("/api/hold", doc, options));
    if (became.is === "done") onClose();
  };
  return (
    <Sheet title={words.holdTitle} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void hold(event)}>
        <p>{words.holdWhy}</p>
        <label className="field">
          <span>{words.holdTemp(units.degree)}</span>
          <input
            type="number"
            inputMode="decimal"
            required
            min={0}
            max={most}
            value={temp}
            onChange={(event) => setTemp(event.currentTarget.value)}
          />
        </label>
        <label className="field">
          <span>{words.holdMinutes}</span>
          <input
            type="number"
            inputMode="numeric"
            required
            min={1}
            max={longest}
            value={minutes}
            onChange={(event) => setMinutes(event.currentTarget.value)}
          />
        </label>
        {trouble ? (
          <p className="trouble" role="alert">
            {trouble}
          </p>
        ) : null}
        <div className="buttons">
          <button type="button" onClick={onClose}>
            {frame.cancel}
          </button>
          <button type="submit" className="main" disabled={fate.is === "pending"}>
            {fate.is === "pending" ? frame.busy : words.holdGo}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
