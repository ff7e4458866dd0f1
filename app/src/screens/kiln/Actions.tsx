import { useState } from "react";
import { del, post } from "../../api/client";
import { Ask } from "../../frame/Ask";
import { Trouble } from "../../frame/Trouble";
import type { CommandAnswer, Status } from "../../generated/wire";
import { useCommand } from "../../live/command";
import { useStatus } from "../../live/kiln";
import { fateSays } from "../../words/says";
import { useWords } from "../../words/use";
import { Change } from "./Change";
import { HoldTemperature } from "./HoldTemperature";
import { Start } from "./Start";
import { kilnWords } from "./words";

type Open = "none" | "start" | "hold" | "change" | "skip";

/** What can be done at this moment. What cannot be done now is not there. */
export function Actions() {
  const words = useWords(kilnWords);
  const status = useStatus();
  const [open, show] = useState<Open>("none");
  const [fate, send] = useCommand();
  if (status === null) return null;
  const run = status.run?.id ?? null;
  const ask = (path: string, doc: object = {}) =>
    void send((options) => post<CommandAnswer>(path, { ...doc, expect_run: run }, options));
  const busy = fate.is === "pending";
  const trouble = fateSays(fate);
  return (
    <section className="actions" aria-label={words.actions}>
      {status.state === "running" ? (
        <Running status={status} busy={busy} ask={ask} show={show} />
      ) : status.state === "tuning" ? (
        <button
          type="button"
          disabled={busy}
          onClick={() => void send((options) => del<CommandAnswer>("/api/tuning", options))}
        >
          {words.tuningStop}
        </button>
      ) : (
        <div className="row">
          <button type="button" className="main large" onClick={() => show("start")}>
            {words.start}
          </button>
          <button type="button" onClick={() => show("hold")}>
            {words.hold}
          </button>
        </div>
      )}
      <p role="status" className={busy ? "quiet" : "unseen"}>
        {busy ? words.pending : ""}
      </p>
      <Trouble error={trouble} />
      {open === "start" ? <Start onClose={() => show("none")} /> : null}
      {open === "hold" ? <HoldTemperature onClose={() => show("none")} /> : null}
      {open === "change" ? <Change onClose={() => show("none")} /> : null}
      {open === "skip" ? (
        <Skip status={status} onClose={() => show("none")} onSkip={() => ask("/api/skip")} />
      ) : null}
    </section>
  );
}

function Running({
  status,
  busy,
  ask,
  show,
}: {
  status: Status;
  busy: boolean;
  ask: (path: string, doc?: object) => void;
  show: (open: Open) => void;
}) {
  const words = useWords(kilnWords);
  const paused = status.run?.waiting?.why === "paused";
  const manual = status.run?.kind !== "profile";
  return (
    <>
      <div className="row">
        {paused ? (
          <button type="button" className="main" disabled={busy} onClick={() => ask("/api/resume")}>
            {words.resume}
          </button>
        ) : (
          <button type="button" disabled={busy} onClick={() => ask("/api/pause")}>
            {words.pause}
          </button>
        )}
        {manual ? (
          <button type="button" disabled={busy} onClick={() => show("hold")}>
            {words.renew}
          </button>
        ) : (
          <>
            <button type="button" disabled={busy} onClick={() => show("skip")}>
              {words.skip}
            </button>
            <button type="button" disabled={busy} onClick={() => ask("/api/adjust", { add_minutes: 15 })}>
              {words.add15}
            </button>
            <button type="button" disabled={busy} onClick={() => show("change")}>
              {words.change}
            </button>
          </>
        )}
      </div>
      <p className="quiet small">{words.safeToClose}</p>
    </>
  );
}

function Skip({ status, onClose, onSkip }: { status: Status; onClose: () => void; onSkip: () => void }) {
  const words = useWords(kilnWords);
  const step = status.run?.step;
  if (!step) return null;
  const here = `${step.index + 1}`;
  const last = step.index + 1 >= step.count;
  return (
    <Ask
      title={words.skip}
      go={words.skipGo}
      onGo={() => {
        onSkip();
        onClose();
      }}
      onClose={onClose}
    >
      <p>{last ? words.skipLast(here) : words.skipAsk(here, `${step.index + 2}`)}</p>
    </Ask>
  );
}
