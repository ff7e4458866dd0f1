import { useState } from "react";
import { post } from "../../api/client";
import { Ask } from "../../frame/Ask";
import type { CommandAnswer } from "../../generated/wire";
import { useCommand } from "../../live/command";
import { useStatus } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { fateSays } from "../../words/says";
import { useWords } from "../../words/use";
import { TypedNumber } from "./TypedNumber";
import { kilnWords } from "./words";

/** The running step longer or shorter, hotter or cooler; one of the two at a time, as the kiln takes it. */
export function Change({ onClose }: { onClose: () => void }) {
  const words = useWords(kilnWords);
  const units = useUnits();
  const status = useStatus();
  const [fate, send] = useCommand();
  const timed = status?.run?.step.kind === "hold" && status.run.step.hold_s !== null;
  const [minutes, setMinutes] = useState(timed ? "15" : "0");
  const [degrees, setDegrees] = useState("0");
  const change = async () => {
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
    <Ask
      title={words.changeTitle}
      go={words.changeGo}
      onGo={() => void change()}
      onClose={onClose}
      busy={fate.is === "pending"}
      trouble={fateSays(fate)}
    >
      <p>{words.changeWhy}</p>
      <TypedNumber label={words.longer} value={minutes} onChange={setMinutes} />
      <TypedNumber
        label={words.hotter(units.degree)}
        hint={words.negative}
        value={degrees}
        onChange={setDegrees}
      />
    </Ask>
  );
}
