import "./kiln.css";
import { useEffect, useState } from "react";
import { get } from "../../api/client";
import { useRest } from "../../frame/rest";
import type { Profile } from "../../generated/wire";
import { useKiln } from "../../live/kiln";
import { Actions } from "./Actions";
import { Figures } from "./Figures";
import { Hero } from "./Hero";
import { LastRun } from "./LastRun";
import { Recovery } from "./Recovery";
import { Scheduled } from "./Scheduled";
import { Steps } from "./Steps";

/** What the kiln does now, and what can be done with it. */
export function Kiln(_: { rest: readonly string[] }) {
  const status = useKiln((now) => now.status);
  const profile = useFired();
  const rest = useRest();
  return (
    <div className="page kiln">
      <div className="kiln-main stack">
        <Hero />
        {status?.recovery ? <Recovery recovery={status.recovery} /> : null}
        <Actions />
        {rest ? <rest.KilnCourse profile={profile} /> : <div className="course empty" />}
      </div>
      <div className="kiln-side stack">
        <Figures />
        {status?.scheduled ? <Scheduled scheduled={status.scheduled} /> : null}
        <Steps profile={profile} />
        <LastRun />
      </div>
    </div>
  );
}

/** What is fired, with every change made to it; null while nothing is. Asked again when the running step is another. */
function useFired(): Profile | null {
  const running = useKiln(({ status }) => {
    if (status?.state !== "running" || status.run?.kind !== "profile") return null;
    const { id, step } = status.run;
    return `${id} ${step.index} ${step.count} ${step.target_c} ${step.hold_s}`;
  });
  const [found, show] = useState<Profile | null>(null);
  useEffect(() => {
    if (running === null) {
      show(null);
      return undefined;
    }
    const ends = new AbortController();
    get<Profile>("/api/run/steps", { quiet: true, signal: ends.signal })
      .then(show)
      .catch(() => undefined);
    return () => ends.abort();
  }, [running]);
  return found;
}
