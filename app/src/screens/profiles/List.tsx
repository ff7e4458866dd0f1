import { useState } from "react";
import { get } from "../../api/client";
import { link } from "../../frame/router";
import { Trouble } from "../../frame/Trouble";
import { frameWords } from "../../frame/words";
import type { ProfileList } from "../../generated/wire";
import { useUnits } from "../../live/viewer";
import { useWords } from "../../words/use";
import { useLoaded } from "../parts/useLoaded";
import { ImportSheet } from "./ImportSheet";
import { readable } from "./names";
import { TEMPLATES } from "./templates";
import { profileWords } from "./words";

export function List() {
  const words = useWords(profileWords);
  const frame = useWords(frameWords);
  const units = useUnits();
  const [bringing, setBringing] = useState(false);
  const { doc, error, again } = useLoaded(() => get<ProfileList>("/api/profiles"), "profiles");
  return (
    <div className="page">
      <header className="row apart">
        <h1>{frame.screens.profiles}</h1>
        <div className="row">
          <button type="button" onClick={() => setBringing(true)}>
            {words.bring}
          </button>
          <a className="button" href={link("profiles", "-", "cone")}>
            {words.byCone}
          </a>
          <a className="button main" href={link("profiles", "-", "new")}>
            {words.fresh}
          </a>
        </div>
      </header>
      <section className="stack">
        <h2>{words.stored}</h2>
        <Trouble error={error} again={again} />
        {doc?.profiles.length === 0 ? <p className="note">{words.none}</p> : null}
        <ul className="cards">
          {(doc?.profiles ?? []).map(({ name, steps, peak_c, nominal_s, refused }) => (
            <li key={name}>
              <a className="card" href={link("profiles", name)}>
                <strong>{readable(name)}</strong>
                {refused ? (
                  <span className="quiet small">{words.broken}</span>
                ) : (
                  <Facts>
                    {[units.temp(peak_c), units.duration(nominal_s), words.steps(units.number(steps))]}
                  </Facts>
                )}
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section className="stack">
        <div>
          <h2>{words.templates}</h2>
          <p className="quiet small">{words.templatesWhy}</p>
        </div>
        <ul className="cards">
          {TEMPLATES.map((template, at) => (
            <li key={template.name}>
              <a className="card template" href={link("profiles", "-", "template", `${at}`)}>
                <strong>{template.name}</strong>
                <span className="quiet small clamp">{template.description}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      {bringing ? <ImportSheet onClose={() => setBringing(false)} /> : null}
    </div>
  );
}

const Facts = ({ children }: { children: string[] }) => (
  <span className="quiet small figure">{children.join(" · ")}</span>
);
