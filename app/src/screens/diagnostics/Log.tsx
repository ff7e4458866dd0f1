import { useCallback, useEffect, useState } from "react";
import { getText } from "../../api/client";
import { Trouble } from "../../frame/Trouble";
import { errorSays } from "../../words/says";
import { useWords } from "../../words/use";
import { badness, LEVELS, type Level, linesOf } from "./log";
import { diagnosticsWords } from "./words";

const EVERY_MS = 4000;
const MOST = 300;

/** The newest lines of the kiln's own log, in any state of the kiln. */
export function Log() {
  const words = useWords(diagnosticsWords).log;
  const [text, show] = useState("");
  const [level, setLevel] = useState<Level>("all");
  const [follow, setFollow] = useState(true);
  const [trouble, say] = useState<string | null>(null);
  const look = useCallback(async () => {
    try {
      show(await getText("/api/logs", { patience: 12_000 }));
      say(null);
    } catch (error) {
      say(errorSays(error));
    }
  }, []);
  useEffect(() => {
    void look();
    if (!follow) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) void look();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [follow, look]);
  const lines = linesOf(text, level, MOST);
  return (
    <section className="panel" aria-labelledby="log-title">
      <div className="row apart">
        <h2 id="log-title">{words.title}</h2>
        <div className="row">
          <label className="check">
            <input
              type="checkbox"
              checked={follow}
              onChange={(event) => setFollow(event.currentTarget.checked)}
            />
            <span>{words.follow}</span>
          </label>
          <label>
            <span className="unseen">{words.level}</span>
            <select
              value={level}
              onChange={(event) => setLevel(LEVELS.find((one) => one === event.currentTarget.value) ?? "all")}
            >
              {LEVELS.map((one) => (
                <option key={one} value={one}>
                  {words.levels[one]}
                </option>
              ))}
            </select>
          </label>
        </div>
      </div>
      <Trouble error={trouble} />
      {lines.length === 0 ? (
        <p className="quiet">{words.empty}</p>
      ) : (
        <div role="log" className="log" tabIndex={0} aria-label={words.title} data-test="log">
          {[...lines].reverse().map((line, at) => (
            <p key={`${at} ${line}`} className={`log-${badness(line)}`}>
              {line}
            </p>
          ))}
        </div>
      )}
    </section>
  );
}
