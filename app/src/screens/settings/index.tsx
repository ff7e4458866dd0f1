import "./settings.css";
import { useState } from "react";
import { link } from "../../frame/router";
import { Trouble } from "../../frame/Trouble";
import { useKiln } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { useWords } from "../../words/use";
import { Address } from "./Address";
import { Apps } from "./Apps";
import { Browser } from "./Browser";
import { Files } from "./Files";
import { Guide } from "./Guide";
import { Keys } from "./Keys";
import type { Draft } from "./keys";
import { useConfig } from "./useConfig";
import { Wifi } from "./Wifi";
import { settingsWords } from "./words";

export function Settings(_: { rest: readonly string[] }) {
  const words = useWords(settingsWords);
  const { loaded, trouble, again } = useConfig();
  const [draft, setDraft] = useState<Draft>({});
  const [guide, setGuide] = useState(false);
  // What nobody has said anything about is a kiln that was never set up.
  const fresh = loaded !== null && loaded.config.revision === 0;
  return (
    <div className="page settings">
      <h1>{words.title}</h1>
      <div className="settings-grid">
        <div className="stack">
          {loaded ? (
            <section className={`panel${fresh ? " ask" : ""}`} aria-labelledby="guide-title">
              <h2 id="guide-title">{words.guide.title}</h2>
              <p>{words.guide.why}</p>
              <div className="buttons start">
                <button type="button" className={fresh ? "main" : ""} onClick={() => setGuide(true)}>
                  {words.guide.begin}
                </button>
              </div>
            </section>
          ) : null}
          <Browser />
          <Wifi />
          <Apps />
          <About />
        </div>
        <div className="stack">
          <Trouble error={trouble} />
          {loaded ? (
            <>
              <Keys loaded={loaded} draft={draft} onDraft={setDraft} again={again} />
              <Files loaded={loaded} onDraft={setDraft} again={again} />
            </>
          ) : trouble ? null : (
            <p className="quiet">{words.keys.loading}</p>
          )}
        </div>
      </div>
      {guide && loaded ? <Guide loaded={loaded} again={again} onClose={() => setGuide(false)} /> : null}
    </div>
  );
}

function About() {
  const words = useWords(settingsWords).about;
  const units = useUnits();
  const info = useKiln((now) => now.info);
  return (
    <section className="panel" aria-labelledby="about-title">
      <h2 id="about-title">{words.title}</h2>
      <dl className="facts">
        <dt>{words.version}</dt>
        <dd>{info ? `${info.product} ${info.version}` : ""}</dd>
        <dt>{words.board}</dt>
        <dd>{info ? `${info.board}${info.simulated ? ` (${words.simulated})` : ""}` : ""}</dd>
        <dt>{words.max}</dt>
        <dd>{units.temp(info?.max_temp_c)}</dd>
      </dl>
      <Address />
      <p>
        <a className="button" href={link("diagnostics")}>
          {words.diagnostics}
        </a>
      </p>
    </section>
  );
}
