import { shell } from "../../api/transport";
import { SAFE_C } from "../../live/alerts";
import { allowSound, ring } from "../../live/sound";
import { ALERTS, like, type Theme, useUnits, useViewer } from "../../live/viewer";
import { LANGUAGES } from "../../words/table";
import { useWords } from "../../words/use";
import { settingsWords } from "./words";

const THEMES: readonly Theme[] = ["system", "light", "dark"];

/** Language, unit and appearance; the first questions of the set-up as well. */
export function Looks() {
  const words = useWords(settingsWords).browser;
  const now = useViewer();
  return (
    <div className="looks">
      <label className="field">
        <span>{words.language}</span>
        <select
          value={now.tongue}
          onChange={(event) => {
            const tongue = LANGUAGES.find((language) => language === event.currentTarget.value);
            if (tongue) like({ tongue });
          }}
        >
          {LANGUAGES.map((language) => (
            <option key={language} value={language} lang={language}>
              {words.languages[language]}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{words.unit}</span>
        <select
          value={now.unit}
          onChange={(event) => like({ unit: event.currentTarget.value === "f" ? "f" : "c" })}
        >
          <option value="c">°C</option>
          <option value="f">°F</option>
        </select>
      </label>
      <label className="field">
        <span>{words.theme}</span>
        <select
          value={now.theme}
          onChange={(event) => {
            const theme = THEMES.find((one) => one === event.currentTarget.value);
            if (theme) like({ theme });
          }}
        >
          {THEMES.map((theme) => (
            <option key={theme} value={theme}>
              {words.themes[theme]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

export function Browser() {
  const words = useWords(settingsWords).browser;
  const now = useViewer();
  const units = useUnits();
  const notifies = shell()?.notifies === true;
  return (
    <section className="panel" aria-labelledby="browser-title">
      <h2 id="browser-title">{words.title}</h2>
      <p className="quiet">{words.why}</p>
      <Looks />
      <div className="row apart">
        <label className="check">
          <input
            type="checkbox"
            checked={now.sound}
            onChange={(event) => like({ sound: event.currentTarget.checked })}
          />
          <span>{words.sound}</span>
        </label>
        <button
          type="button"
          onClick={() => {
            allowSound();
            setTimeout(ring, 100);
          }}
        >
          {words.test}
        </button>
      </div>
      <fieldset className="plain">
        <legend>{words.alerts}</legend>
        {ALERTS.map((alert) => (
          <label key={alert} className="check">
            <input
              type="checkbox"
              checked={now.alerts[alert]}
              onChange={(event) => like({ alerts: { ...now.alerts, [alert]: event.currentTarget.checked } })}
            />
            <span>
              {alert === "safeToOpen" ? words.alert.safeToOpen(units.temp(SAFE_C)) : words.alert[alert]}
            </span>
          </label>
        ))}
      </fieldset>
      <p className="note small">{notifies ? words.backgroundOk : words.background}</p>
    </section>
  );
}
