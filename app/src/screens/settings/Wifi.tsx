import { type FormEvent, useEffect, useRef, useState } from "react";
import { get, post } from "../../api/client";
import { Trouble } from "../../frame/Trouble";
import type { NetworkView, WifiAnswer, WifiNetwork, WifiScan } from "../../generated/wire";
import { useKiln } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { errorSays } from "../../words/says";
import { useWords } from "../../words/use";
import { settingsWords } from "./words";

const AGAIN_MS = 1200;
const LOOKS = 15;

/** The network the kiln is in, those within reach, and a try of another. */
export function Wifi({ bare = false }: { bare?: boolean }) {
  const words = useWords(settingsWords).wifi;
  const network = useKiln((now) => now.status?.network ?? null);
  const { found, looking, trouble, look } = useScan();
  const [chosen, choose] = useState<WifiNetwork | null>(null);
  const body = (
    <>
      {network ? <p data-test="wifi-state">{stateSays(network, words)}</p> : null}
      <div className="buttons start">
        <button type="button" disabled={looking} onClick={look}>
          {looking ? words.scanning : words.scan}
        </button>
      </div>
      <Trouble error={trouble} />
      {found?.length === 0 && !looking ? <p>{words.none}</p> : null}
      {found && found.length > 0 ? (
        <ul className="networks">
          {found.map((one) => (
            <li key={one.ssid}>
              <button type="button" aria-pressed={chosen?.ssid === one.ssid} onClick={() => choose(one)}>
                <span>{one.ssid}</span>
                <span className="quiet small">
                  <Signal dbm={one.signal_dbm} /> {one.secured ? words.secured : words.open}
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {chosen ? <Join key={chosen.ssid} network={chosen} /> : null}
    </>
  );
  if (bare) return <div className="stack">{body}</div>;
  return (
    <section className="panel" aria-labelledby="wifi-title">
      <h2 id="wifi-title">{words.title}</h2>
      {body}
    </section>
  );
}

type Words = (typeof settingsWords)["en"]["wifi"];

const stateSays = ({ wifi, ssid, address }: NetworkView, words: Words): string =>
  wifi === "up" ? words.state.up(ssid ?? "", address ?? "") : words.state[wifi];

/** Four bars from -50 dBm down to -80. */
function Signal({ dbm }: { dbm: number }) {
  const words = useWords(settingsWords).wifi;
  const bars = Math.max(1, Math.min(4, Math.round((dbm + 90) / 10)));
  return (
    <span>
      <svg viewBox="0 0 19 16" width="19" height="16" fill="currentColor" aria-hidden="true">
        {[0, 1, 2, 3].map((bar) => (
          <rect
            key={bar}
            x={5 * bar}
            y={12 - 4 * bar}
            width="4"
            height={4 + 4 * bar}
            opacity={bar < bars ? 1 : 0.25}
          />
        ))}
      </svg>
      <span className="unseen">
        {words.signal} {bars}/4
      </span>
    </span>
  );
}

function useScan() {
  const [found, show] = useState<readonly WifiNetwork[] | null>(null);
  const [looking, setLooking] = useState(false);
  const [trouble, say] = useState<string | null>(null);
  const there = useRef(true);
  useEffect(
    () => () => {
      there.current = false;
    },
    [],
  );
  const look = async () => {
    setLooking(true);
    say(null);
    try {
      for (let looks = 0; looks < LOOKS && there.current; looks += 1) {
        const scan = await get<WifiScan>("/api/wifi/scan");
        show(scan.networks);
        if (!scan.scanning) break;
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    } catch (error) {
      say(errorSays(error));
    }
    setLooking(false);
  };
  return { found, looking, trouble, look: () => void look() };
}

function Join({ network }: { network: WifiNetwork }) {
  const words = useWords(settingsWords).wifi;
  const units = useUnits();
  const [password, setPassword] = useState("");
  const [seen, see] = useState(false);
  const [said, say] = useState<{ good: boolean; text: string } | null>(null);
  const join = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const doc = network.secured ? { ssid: network.ssid, password } : { ssid: network.ssid };
      const answer = await post<WifiAnswer>("/api/wifi", doc);
      say({ good: true, text: words.trying(units.duration(answer.trying_for_s)) });
    } catch (error) {
      say({ good: false, text: errorSays(error) });
    }
  };
  return (
    <form className="stack" onSubmit={(event) => void join(event)}>
      <h3>{words.join(network.ssid)}</h3>
      {network.secured ? (
        <>
          <label className="field">
            <span>{words.password}</span>
            <input
              type={seen ? "text" : "password"}
              autoComplete="off"
              minLength={8}
              maxLength={63}
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </label>
          <label className="check">
            <input type="checkbox" checked={seen} onChange={(event) => see(event.currentTarget.checked)} />
            <span>{words.show}</span>
          </label>
        </>
      ) : null}
      <p className="quiet">{words.tries}</p>
      {said ? (
        <p className={said.good ? "note" : "trouble"} role={said.good ? "status" : "alert"}>
          {said.text}
        </p>
      ) : null}
      <div className="buttons start">
        <button type="submit" className="main">
          {words.go}
        </button>
      </div>
    </form>
  );
}
