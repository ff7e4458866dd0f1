import { del } from "../../api/client";
import { Trouble } from "../../frame/Trouble";
import type { CommandAnswer, ScheduledView } from "../../generated/wire";
import { useCommand } from "../../live/command";
import { kilnNow } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { fateSays } from "../../words/says";
import { useWords } from "../../words/use";
import { kilnWords } from "./words";

/** The next start that waits for its time. */
export function Scheduled({ scheduled }: { scheduled: ScheduledView }) {
  const words = useWords(kilnWords).scheduled;
  const units = useUnits();
  const [fate, send] = useCommand();
  const trouble = fateSays(fate);
  return (
    <section className="panel" aria-labelledby="scheduled-title" data-test="scheduled">
      <h2 id="scheduled-title">{words.title}</h2>
      <p>
        {words.at(scheduled.profile, units.clock(scheduled.start_ms, kilnNow()))}{" "}
        {scheduled.starts_in_s === null ? "" : words.in(units.duration(scheduled.starts_in_s))}
      </p>
      <Trouble error={trouble} />
      <div className="buttons start">
        <button
          type="button"
          disabled={fate.is === "pending"}
          onClick={() => void send((options) => del<CommandAnswer>("/api/schedule", options))}
        >
          {words.cancel}
        </button>
      </div>
    </section>
  );
}
