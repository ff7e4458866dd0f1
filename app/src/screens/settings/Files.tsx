import { useState } from "react";
import { post } from "../../api/client";
import { Ask } from "../../frame/Ask";
import { saveFile } from "../../frame/saveFile";
import { Trouble } from "../../frame/Trouble";
import type { ImportAnswer } from "../../generated/wire";
import { say } from "../../live/says";
import { errorSays } from "../../words/says";
import { useWords } from "../../words/use";
import { FileButton } from "../parts/FileButton";
import { type Draft, draftOf } from "./keys";
import type { Loaded } from "./useConfig";
import { settingsWords } from "./words";

interface FilesProps {
  loaded: Loaded;
  onDraft: (draft: Draft) => void;
  again: () => Promise<void>;
}

/** Settings to a file and back, a restart, and the factory's state. */
export function Files({ loaded, onDraft, again }: FilesProps) {
  const words = useWords(settingsWords);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [reset, setReset] = useState(false);
  const take = async (file: File) => {
    setTrouble(null);
    try {
      const doc: unknown = JSON.parse(await file.text());
      const draft = draftOf(doc, loaded.config, loaded.keys);
      if (draft !== null) {
        if (Object.keys(draft).length === 0) say(words.file.nothing, "plain");
        else onDraft(draft);
      } else {
        await post<ImportAnswer>("/api/config/import", doc);
        say(words.file.imported);
        await again();
      }
    } catch (error) {
      setTrouble(error instanceof SyntaxError ? words.file.bad : errorSays(error));
    }
  };
  const restart = async () => {
    try {
      await post("/api/reboot");
      say(words.keys.restarting);
    } catch (error) {
      setTrouble(errorSays(error));
    }
  };
  return (
    <section className="panel" aria-labelledby="file-title">
      <h2 id="file-title">{words.file.title}</h2>
      <ul className="lines">
        <li>
          <span>
            <strong>{words.file.export}</strong>
            <br />
            <span className="quiet small">{words.file.exportWhy}</span>
          </span>
          <button
            type="button"
            onClick={() => saveFile("kiln-settings.json", `${JSON.stringify(loaded.config, null, 2)}\n`)}
          >
            {words.file.export}
          </button>
        </li>
        <li>
          <span>
            <strong>{words.file.import}</strong>
            <br />
            <span className="quiet small">{words.file.importWhy}</span>
          </span>
          <FileButton
            label={words.file.import}
            accept=".json,application/json"
            onFile={(file) => void take(file)}
          />
        </li>
        <li>
          <span>
            <strong>{words.keys.restart}</strong>
            <br />
            <span className="quiet small">{words.keys.restartWhy}</span>
          </span>
          <button type="button" onClick={() => void restart()}>
            {words.keys.restart}
          </button>
        </li>
        <li>
          <span>
            <strong>{words.file.reset}</strong>
            <br />
            <span className="quiet small">{words.file.resetWhy}</span>
          </span>
          <button type="button" className="danger" onClick={() => setReset(true)}>
            {words.file.reset}
          </button>
        </li>
      </ul>
      <Trouble error={trouble} />
      {reset ? <Reset onClose={() => setReset(false)} /> : null}
    </section>
  );
}

/** The kiln's own word for it; typed, so that no slip of a finger says it. */
const WORD = "forget everything";

function Reset({ onClose }: { onClose: () => void }) {
  const words = useWords(settingsWords).file;
  const [typed, type] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const reset = async () => {
    try {
      await post("/api/factory-reset", { confirm: WORD });
      say(words.resetDone);
      onClose();
    } catch (error) {
      setTrouble(errorSays(error));
    }
  };
  return (
    <Ask
      title={words.reset}
      go={words.resetGo}
      onGo={() => void reset()}
      onClose={onClose}
      can={typed.trim() === WORD}
      danger
      trouble={trouble}
    >
      <p>{words.resetWhy}</p>
      <label className="field">
        <span>{words.resetType}</span>
        <input value={typed} autoComplete="off" onChange={(event) => type(event.currentTarget.value)} />
      </label>
    </Ask>
  );
}
