import { type FormEvent, useState } from "react";
import { post } from "../../api/client";
import { Sheet } from "../../frame/Sheet";
import { frameWords } from "../../frame/words";
import type { CommandAnswer } from "../../generated/wire";
import { useCommand } from "../../live/command";
import { useStatus } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { fateSays } from "../../words/says";
import { useWords } from "../../words/use";
import { kilnWords } from "./words";

/** The running step longer or shorter, hotter or cooler; one of the two at a time, as the kiln takes it. */
export function Change({ onClose }: { onClose: () => void }) {
  const words = useWords(kilnWords);
  const frame = useWords(frameWords);
  const units = useUnits();
  const status = useStatus();
  const [fate, send] = useCommand();
  const timed = status?.run?.step.kind === "hold" && status.run.step.hold_s !== null;
  const [minutes, setMinutes] = useState(timed ? "15" : "0");
  const [degrees, setDegrees] = useState("0");
  const trouble = fateSays(fate);
  const change = async (event: FormEvent) => {
    event.preventDefault();
    const add_minutes = Number(minutes);
    const add_degrees_c = units.deltaFromShown(Number(degrees));
    const expect_run = status?.run?.id ?? null;
    for (const doc of [add_minutes !== 0 && { add_minutes }, add_degrees_c !== 0 && { add_degrees_c }]) {
      if (!doc) continue;
      const became = await send((options) =>
        post<CommandAnswer>("/api/adjust", { ...doc, expect_run }, options),
      );
      if (became.is !== "done") return;
    }
    onClose();
  };
  return (
    <Sheet title={words.changeTitle} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void change(event)}>
        <p>{words.changeWhy}</p>
        <label className="field">
          <span>{words.longer}</span>
          <input
            type="number"
            step="1"
            value={minutes}
            onChange={(event) => setMinutes(event.currentTarget.value)}
          />
        </label>
        <label className="field">
          <span>{words.hotter(units.degree)}</span>
          <input
            type="number"
            step="1"
            value={degrees}
            onChange={(event) => setDegrees(event.currentTarget.value)}
          />
          <small>{words.negative}</small>
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
            {fate.is === "pending" ? frame.busy : words.changeGo}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
