import { timeSays } from "../../chart/Plot";
import { Trouble } from "../../frame/Trouble";
import type { RunEntry } from "../../generated/wire";
import { useUnits } from "../../live/viewer";
import { faultTold } from "../../words/says";
import { useWords } from "../../words/use";
import { useLoaded } from "../parts/useLoaded";
import { profileWords } from "../profiles/words";
import { stepSays } from "../tuning/Live";
import { tuningWords } from "../tuning/words";
import { happenedIn, type Happened as One } from "./happened";
import { runCsv } from "./rows";
import { historyWords } from "./words";

/** What happened in a firing, in the order it did. `on` changes when there is something new to read. */
export function Happened({ run, on }: { run: RunEntry; on: string }) {
  const words = useWords(historyWords);
  const kinds: Record<string, string> = { ...useWords(profileWords).kinds, cooling: words.cooling };
  const tests = useWords(tuningWords).steps;
  const units = useUnits();
  const { doc, error, again } = useLoaded(async () => happenedIn(await runCsv(run.id)), `${run.id} ${on}`);
  const says = (one: One): string => {
    switch (one.is) {
      case "began":
        return words.began;
      case "peak":
        return words.hottest;
      case "off":
        return words.wasOff(units.duration(one.seconds));
      case "recovering":
        return words.recovering;
      case "step":
        return words.stepBegan(`${one.step}`, `${one.count}`, kinds[one.name] ?? stepSays(one.name, tests));
      case "ended":
        if (run.end === "running") return words.now;
        return `${words.ended}: ${words.ends[run.end]}${run.fault ? ` · ${faultTold(run.fault).name}` : ""}`;
    }
  };
  return (
    <section className="panel">
      <h2>{words.happened}</h2>
      <Trouble error={error} again={again} />
      {doc === null && !error ? <p className="quiet">{words.loading}</p> : null}
      <ol className="happened">
        {(doc ?? []).map((one) => (
          <li key={`${one.is}${one.at}`}>
            <span className="quiet figure">{timeSays(one.at, null, units)}</span>
            <span>{says(one)}</span>
            <span className="figure">{"celsius" in one ? units.temp(one.celsius) : ""}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
