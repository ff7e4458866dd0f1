/** What is not as usual, under the bar of every screen: the connection, a stop that is not confirmed, a question. */
import { useEffect, useState } from "react";
import { useKiln } from "../live/kiln";
import { useStop } from "../live/stop";
import { useUnits } from "../live/viewer";
import { useWords } from "../words/use";
import { Alarms } from "./Alarms";
import { link } from "./router";
import { frameWords } from "./words";

/** Redraws with the time. */
export function useSeconds(on: boolean): number {
  const [now, show] = useState(Date.now);
  useEffect(() => {
    if (!on) return undefined;
    show(Date.now());
    const timer = setInterval(() => show(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [on]);
  return now;
}

const LONG_MS = 8000;

export function Banners() {
  const words = useWords(frameWords);
  return (
    <div className="banners">
      <StopBanner />
      <Alarms />
      <LinkBanner />
      <Notices words={words.banner} />
    </div>
  );
}

function StopBanner() {
  const words = useWords(frameWords).stop;
  const stop = useStop();
  if (stop.is === "unconfirmed") {
    return (
      <p className="banner unconfirmed" role="alert">
        <strong>{words.unconfirmed}</strong> {words.still}
      </p>
    );
  }
  return (
    <p className={stop.is === "stopped" ? "banner good" : "unseen"} role="status">
      {stop.is === "stopped" ? (stop.wasActive ? words.stopped : words.wasOff) : ""}
    </p>
  );
}

function LinkBanner() {
  const words = useWords(frameWords).banner;
  const units = useUnits();
  const { link: is, at, silentSince } = useKiln((now) => now);
  const now = useSeconds(is !== "live");
  let text = "";
  const age = at === null ? "" : units.duration((now - at) / 1000);
  if (is === "never")
    text = silentSince !== null && now - silentSince > LONG_MS ? words.neverLong : words.never;
  else if (is === "stale") text = words.stale(age);
  else if (is === "lost") text = words.lost(age);
  return (
    <p className={text ? `banner ${is}` : "unseen"} role="status" data-test="link">
      {text}
    </p>
  );
}

function Notices({ words }: { words: (typeof frameWords)["en"]["banner"] }) {
  const { status, otherVersion } = useKiln((now) => now);
  const recovery = status?.recovery ?? null;
  return (
    <>
      {recovery ? (
        <p className="banner stale" role="status">
          <span>{words.recovery(recovery.profile)}</span> <a href={link("kiln")}>{words.answer}</a>
        </p>
      ) : null}
      {otherVersion ? (
        <p className="banner stale" role="status">
          <span>{words.version}</span>{" "}
          <button type="button" onClick={() => location.reload()}>
            {words.reload}
          </button>
        </p>
      ) : null}
    </>
  );
}
