import { useState } from "react";
import { post } from "../../api/client";
import { Ask } from "../../frame/Ask";
import type { CommandAnswer } from "../../generated/wire";
import { useCommand } from "../../live/command";
import { useKiln } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { fateSays } from "../../words/says";
import { useWords } from "../../words/use";
import { TypedNumber } from "./TypedNumber";
import { kilnWords } from "./words";

/** What a bare hold begins with; never above what the kiln may. */
const USUAL_C = 100;
const USUAL_MIN = 60;

/** A temperature without a profile, for a time that ends by itself. */
export function HoldTemperature({ onClose }: { onClose: () => void }) {
  const words = useWords(kilnWords);
  const units = useUnits();
  const { status, info } = useKiln((now) => now);
  const [fate, send] = useCommand();
  const running = status?.run?.kind === "manual" && status.state === "running";
  const now = running ? (status.target_c ?? USUAL_C) : USUAL_C;
  const [temp, setTemp] = useState(() => `${Math.round(units.toShown(now))}`);
  const [minutes, setMinutes] = useState(`${USUAL_MIN}`);
  const most = info ? Math.floor(units.toShown(info.max_temp_c)) : undefined;
  const longest = info ? Math.floor(info.limits.manual_hold_longest_s / 60) : undefined;
  const hold = async () => {
    const doc = { target_c: units.fromShown(Number(temp)), minutes: Number(minutes) };
    const became = await send((options) => post<CommandAnswer>("/api/hold", doc, options));
    if (became.is === "done") onClose();
  };
  return (
    <Ask
      title={words.holdTitle}
      go={words.holdGo}
      onGo={() => void hold()}
      onClose={onClose}
      busy={fate.is === "pending"}
      trouble={fateSays(fate)}
    >
      <p>{words.holdWhy}</p>
      <TypedNumber
        label={words.holdTemp(units.degree)}
        least={0}
        most={most}
        value={temp}
        onChange={setTemp}
      />
      <TypedNumber label={words.holdMinutes} least={1} most={longest} value={minutes} onChange={setMinutes} />
    </Ask>
  );
}
