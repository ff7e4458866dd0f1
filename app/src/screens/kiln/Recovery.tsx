import { post } from "../../api/client";
import { Trouble } from "../../frame/Trouble";
import type { CommandAnswer, RecoveryAction, RecoveryView } from "../../generated/wire";
import { useCommand } from "../../live/command";
import { useUnits } from "../../live/viewer";
import { fateSays } from "../../words/says";
import { useWords } from "../../words/use";
import { kilnWords } from "./words";

type Doubt = keyof (typeof kilnWords)["en"]["recovery"]["doubt"];

/** After an outage: what was going on, how it is now, and whether it goes on. */
export function Recovery({ recovery }: { recovery: RecoveryView }) {
  const words = useWords(kilnWords).recovery;
  const units = useUnits();
  const [fate, send] = useCommand();
  const answer = (action: RecoveryAction) =>
    void send((options) => post<CommandAnswer>("/api/recovery", { action }, options));
  const trouble = fateSays(fate);
  const busy = fate.is === "pending";
  return (
    <section className="panel ask" aria-labelledby="recovery-title" data-test="recovery">
      <h2 id="recovery-title">{words.title}</h2>
      <p>
        {words.what(recovery.profile)} {words.doubt[recovery.doubt as Doubt] ?? recovery.doubt}
      </p>
      <dl className="facts">
        <dt>{words.was}</dt>
        <dd>{units.temp(recovery.was_c)}</dd>
        <dt>{words.found}</dt>
        <dd>{units.temp(recovery.found_c)}</dd>
        <dt>{words.away}</dt>
        <dd>{units.duration(recovery.away_s)}</dd>
      </dl>
      <Trouble error={trouble} />
      <div className="buttons">
        <button type="button" disabled={busy} onClick={() => answer("discard")}>
          {words.discard}
        </button>
        {recovery.can_resume ? (
          <button type="button" className="main" disabled={busy} onClick={() => answer("resume")}>
            {words.resume}
          </button>
        ) : null}
      </div>
    </section>
  );
}
