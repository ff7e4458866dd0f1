/** Stop: held for 0.6 s, or its key pressed twice. A dialog would cost the moment that counts; a tap would stop a firing by accident. */
import { useEffect, useRef, useState } from "react";
import { stopNow, useStop } from "../live/stop";
import { useWords } from "../words/use";
import { StopIcon } from "./icons";
import { frameWords } from "./words";

export const HOLD_MS = 600;
/** The second press of a key, or a screen reader's second click, counts within that. */
const TWICE_MS = 2500;
const HINT_MS = 2200;

export function HoldToStop() {
  const now = useStop();
  return <HoldButton busy={now.is === "sending" || now.is === "unconfirmed"} stop={() => void stopNow()} />;
}

/** The button itself: `stop` is called once it was held; `busy` while a stop is under way; `of` tells several on one page apart. */
export function HoldButton({ busy, stop, of = "" }: { busy: boolean; stop: () => void; of?: string }) {
  const words = useWords(frameWords).stop;
  const [held, shown] = useState(false);
  // Known at once, not after the next drawing: a short press on a busy phone must not become a long one.
  const down = useRef(false);
  const hold = (now: boolean) => {
    down.current = now;
    shown(now);
  };
  const [hint, show] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const hiding = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const pressed = useRef(0);

  useEffect(() => () => [timer, hiding].forEach((t) => void clearTimeout(t.current)), []);

  const fire = () => {
    clearTimeout(timer.current);
    hold(false);
    show(false);
    pressed.current = 0;
    stop();
  };
  const begin = () => {
    clearTimeout(timer.current);
    hold(true);
    timer.current = setTimeout(fire, HOLD_MS);
  };
  const end = () => {
    if (!down.current) return;
    clearTimeout(timer.current);
    hold(false);
    show(true);
    clearTimeout(hiding.current);
    hiding.current = setTimeout(() => show(false), HINT_MS);
  };
  const twice = () => {
    const at = Date.now();
    if (at - pressed.current < TWICE_MS) fire();
    else pressed.current = at;
  };
  return (
    <div className="stop">
      <button
        type="button"
        className={`stop-button${held ? " held" : ""}${busy ? " busy" : ""}`}
        aria-label={words.hold}
        aria-describedby={`stop-hint${of}`}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture?.(event.pointerId);
          begin();
        }}
        onPointerUp={end}
        onPointerCancel={end}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.repeat || (event.key !== "Enter" && event.key !== " ")) return;
          event.preventDefault();
          twice();
          if (pressed.current !== 0) begin();
        }}
        onKeyUp={(event) => {
          if (event.key === "Enter" || event.key === " ") end();
        }}
        onBlur={end}
        onClick={(event) => {
          // A screen reader's click has neither pointer nor key.
          if (event.detail === 0 && !down.current) {
            twice();
            show(true);
          }
        }}
      >
        <span className="stop-fill" aria-hidden="true" />
        <StopIcon />
        <span className="stop-long">{busy ? words.sending : words.hold}</span>
        <span className="stop-short">{busy ? words.sending : words.short}</span>
      </button>
      <span id={`stop-hint${of}`} className="unseen">
        {words.hint}
      </span>
      {hint ? (
        <span className="stop-hint" role="status">
          {words.keep}
        </span>
      ) : null}
    </div>
  );
}
