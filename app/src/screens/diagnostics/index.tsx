import "./diagnostics.css";
import { useState } from "react";
import { getText } from "../../api/client";
import { saveFile } from "../../frame/saveFile";
import { Trouble } from "../../frame/Trouble";
import { errorSays } from "../../words/says";
import { useWords } from "../../words/use";
import { Device } from "./Device";
import { Live } from "./Live";
import { Log } from "./Log";
import { SelfTest } from "./SelfTest";
import { diagnosticsWords } from "./words";

export function Diagnostics(_: { rest: readonly string[] }) {
  const words = useWords(diagnosticsWords);
  return (
    <div className="page">
      <h1>{words.title}</h1>
      <div className="diagnostics-grid">
        <div className="stack">
          <Live />
          <section className="panel" aria-labelledby="tests-title">
            <h2 id="tests-title">{words.tests.title}</h2>
            <SelfTest />
          </section>
        </div>
        <div className="stack">
          <Device />
          <Support />
        </div>
      </div>
      <Log />
    </div>
  );
}

/** Everything that helps to find a fault, in one file. */
function Support() {
  const words = useWords(diagnosticsWords).support;
  const [busy, setBusy] = useState(false);
  const [trouble, say] = useState<string | null>(null);
  const fetch = async () => {
    setBusy(true);
    say(null);
    try {
      saveFile("kiln-support.txt", await getText("/api/support", { patience: 30_000 }), "text/plain");
    } catch (error) {
      say(errorSays(error));
    }
    setBusy(false);
  };
  return (
    <section className="panel" aria-labelledby="support-title">
      <h2 id="support-title">{words.title}</h2>
      <p>{words.why}</p>
      <Trouble error={trouble} />
      <div className="buttons start">
        <button type="button" disabled={busy} onClick={() => void fetch()}>
          {busy ? words.busy : words.go}
        </button>
      </div>
    </section>
  );
}
