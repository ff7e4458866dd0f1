/** Other steps for the rest of the firing that goes on: looked over, then put in force. */
import { useEffect, useState } from "react";
import { get, put } from "../../api/client";
import { Ask } from "../../frame/Ask";
import { go, link } from "../../frame/router";
import { Trouble } from "../../frame/Trouble";
import type { CommandAnswer, Profile, ProfileStep } from "../../generated/wire";
import { useCommand } from "../../live/command";
import { useStatus } from "../../live/kiln";
import { say } from "../../live/says";
import { useUnits } from "../../live/viewer";
import { fateSays } from "../../words/says";
import { useWords } from "../../words/use";
import { useLoaded } from "../parts/useLoaded";
import { draftOf, kindOf } from "./draft";
import { Outline } from "./Outline";
import { profileWords } from "./words";

export function RunningSteps() {
  const words = useWords(profileWords);
  const run = useStatus()?.run ?? null;
  const running = useStatus()?.state === "running";
  const name = run?.profile ?? "";
  const { doc, error, again } = useLoaded(
    async () => (running ? draftOf(await get<Profile>("/api/run/steps")) : null),
    `${run?.id}${run?.step.index}`,
  );
  const [steps, setSteps] = useState<readonly ProfileStep[] | null>(null);
  const [review, setReview] = useState(false);
  useEffect(() => {
    if (doc) setSteps(doc.steps);
  }, [doc]);
  const at = run?.step.index ?? 0;
  return (
    <div className="page editor">
      <a className="back" href={link("kiln")}>
        ← {name}
      </a>
      <header className="row apart">
        <h1>{words.runTitle}</h1>
        <button
          type="button"
          className="main"
          disabled={!running || !steps || steps === doc?.steps}
          onClick={() => setReview(true)}
        >
          {words.runReview}
        </button>
      </header>
      {running ? <p>{words.runWhy(`${at + 1}`)}</p> : <p className="note">{words.runNone}</p>}
      <Trouble error={error} again={again} />
      {steps ? <Outline steps={steps} firstFree={at + 1} onChange={(next) => setSteps(next)} /> : null}
      {review && doc && steps && run ? (
        <Review
          was={doc.steps.slice(at + 1)}
          next={steps.slice(at + 1)}
          from={at + 1}
          run={run.id}
          onClose={() => setReview(false)}
        />
      ) : null}
    </div>
  );
}

function Review({
  was,
  next,
  from,
  run,
  onClose,
}: {
  was: readonly ProfileStep[];
  next: readonly ProfileStep[];
  from: number;
  run: string | null;
  onClose: () => void;
}) {
  const words = useWords(profileWords);
  const [fate, send] = useCommand();
  const says = useStepSays();
  const rows = Array.from({ length: Math.max(was.length, next.length) }, (_, at) => at);
  const change = async () => {
    const became = await send((options) =>
      put<CommandAnswer>("/api/run/steps", { steps: next, temp_units: "c", expect_run: run }, options),
    );
    if (became.is !== "done") return;
    say(words.runDone);
    onClose();
    go("kiln");
  };
  return (
    <Ask
      wide
      title={words.runConfirm}
      go={words.runGo}
      onGo={() => void change()}
      onClose={onClose}
      busy={fate.is === "pending"}
      trouble={fateSays(fate)}
    >
      <table className="diff">
        <thead>
          <tr>
            <th scope="col">{words.step}</th>
            <th scope="col">{words.runWas}</th>
            <th scope="col">{words.runBecomes}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((at) => {
            const [before, after] = [says(was[at]), says(next[at])];
            return (
              <tr key={at} className={before === after ? "" : "differs"}>
                <th scope="row">{from + at + 1}</th>
                <td>{before}</td>
                <td>
                  {before === after ? <span className="quiet">{after}</span> : <strong>{after}</strong>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Ask>
  );
}

/** A step in a few words. */
export function useStepSays(): (step: ProfileStep | undefined) => string {
  const words = useWords(profileWords);
  const units = useUnits();
  return (step) => {
    if (!step) return "—";
    const parts = [
      words.kinds[kindOf(step)],
      step.target_temp === undefined ? "" : units.temp(step.target_temp),
    ];
    if (typeof step.desired_rate === "number") parts.push(units.rate(step.desired_rate));
    if (step.until_cone) parts.push(`${words.cone} ${step.until_cone}`);
    const time = step.duration ?? step.longest_s;
    if (time !== undefined) parts.push(units.duration(time));
    return parts.filter(Boolean).join(" · ");
  };
}
