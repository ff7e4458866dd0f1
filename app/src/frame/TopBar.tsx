/** Always there, on every screen and above every dialog: which kiln, how hot, doing what, and stop. */
import { shell } from "../api/transport";
import { useKiln } from "../live/kiln";
import { useUnits } from "../live/viewer";
import { UNKNOWN } from "../units/format";
import { useWords } from "../words/use";
import { HoldToStop } from "./HoldToStop";
import { KilnsIcon } from "./icons";
import { Nav } from "./Nav";
import { isProbeOpen, stateKey } from "./state";
import { frameWords } from "./words";

export function TopBar({ screen }: { screen: string }) {
  const words = useWords(frameWords);
  const units = useUnits();
  const home = shell()?.home;
  const { status, link, info } = useKiln((now) => now);
  const state = stateKey(status);
  const old = link === "stale" || link === "lost";
  const temp = isProbeOpen(status) ? UNKNOWN : units.temp(status?.temp_c ?? null);
  return (
    <header className="bar">
      <div className="bar-in">
        {home ? (
          <a className="bar-home" href={home}>
            <KilnsIcon />
            <span className="unseen">{words.kilns}</span>
          </a>
        ) : null}
        <a className="bar-kiln" href="#/kiln">
          <span className={`dot ${link}`} />
          <span className="bar-name">{info?.name || "pico-kiln"}</span>
          <span className="unseen">{words.link[link]}</span>
        </a>
        <Nav screen={screen} place="bar" />
        <p className={`bar-now ${old ? "old" : ""}`}>
          <span className="bar-temp" data-test="bar-temp">
            {temp}
          </span>
          <span className={`bar-state ${state}`} data-test="bar-state">
            {words.state[state]}
          </span>
        </p>
        <HoldToStop />
      </div>
    </header>
  );
}
