import { useCallback, useEffect, useState } from "react";
import { get, post } from "../../api/client";
import { Trouble } from "../../frame/Trouble";
import type { SelfTestResult, SelfTestWhat } from "../../generated/wire";
import { isActive, kilnNow, useKiln } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { errorSays } from "../../words/says";
import { useWords } from "../../words/use";
import { diagnosticsWords } from "./words";

const AGAIN_MS = 1000;
const ALL: readonly SelfTestWhat[] = ["relays", "elements"];

/** Tries the outputs, and what it found. */
export function SelfTest({ only }: { only?: SelfTestWhat }) {
  const words = useWords(diagnosticsWords).tests;
  const [result, show] = useState<SelfTestResult | null>(null);
  const [trouble, say] = useState<string | null>(null);
  const busy = useKiln((now) => isActive(now.status));
  const look = useCallback(async () => {
    try {
      show(await get<SelfTestResult>("/api/selftest", { quiet: true }));
    } catch {
      // The next look tells.
    }
  }, []);
  useEffect(() => void look(), [look]);
  const running = result?.state === "running";
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => void look(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [running, look]);
  const begin = async (what: SelfTestWhat) => {
    say(null);
    try {
      show(await post<SelfTestResult>("/api/selftest", { what }));
    } catch (error) {
      say(errorSays(error));
    }
  };
  return (
    <>
      <ul className="lines">
        {ALL.filter((what) => only === undefined || what === only).map((what) => (
          <li key={what}>
            <span>
              <strong>{words[what]}</strong>
              <br />
              <span className="quiet small">{what === "relays" ? words.relaysWhy : words.elementsWhy}</span>
              <br />
              <Found result={result?.what === what ? result : null} />
            </span>
            <button
              type="button"
              disabled={running || busy}
              onClick={() => void begin(what)}
              data-test={`test-${what}`}
            >
              {running && result?.what === what ? words.running : words.go}
            </button>
          </li>
        ))}
      </ul>
      <Trouble error={trouble} />
    </>
  );
}

function Found({ result }: { result: SelfTestResult | null }) {
  const words = useWords(diagnosticsWords).tests;
  const units = useUnits();
  if (result === null || result.state === "none") return <span className="small">{words.none}</span>;
  if (result.state === "running") return <span role="status">{words.running}</span>;
  const { relays_wrong: wrong, rise_k: rise } = result;
  return (
    <span role="status" className={`verdict ${result.state}`}>
      {words[result.state]} {wrong.length > 0 ? words.wrong(wrong.map((relay) => relay + 1).join(", ")) : ""}
      {rise !== null ? words.rise(units.delta(rise, 1), units.rate(result.rate_c_per_h)) : ""}{" "}
      {result.at_ms !== null ? words.at(units.clock(result.at_ms, kilnNow())) : ""}
    </span>
  );
}
