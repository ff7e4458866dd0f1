import { useState } from "react";
import { Refused } from "../../api/refused";
import { Ask } from "../../frame/Ask";
import { go } from "../../frame/router";
import { say } from "../../live/says";
import { useWords } from "../../words/use";
import { FileButton } from "../parts/FileButton";
import { bring } from "./bring";
import { fileName } from "./names";
import { profileWords } from "./words";

/** A profile from a file: the kiln reads it, and asks for the unit where the file has none. */
export function ImportSheet({ onClose }: { onClose: () => void }) {
  const words = useWords(profileWords);
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  const [units, setUnits] = useState<"c" | "f" | null>(null);
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const take = async (file: File) => {
    setText(await file.text());
    setName((now) => now || file.name.replace(/\.[^.]*$/, ""));
    setAsks(false);
    setError(null);
  };
  const takeIn = async () => {
    setBusy(true);
    setError(null);
    try {
      const saved = await bring(fileName(name), text, units);
      say(words.importDone);
      onClose();
      go("profiles", saved.name);
    } catch (error) {
      if (error instanceof Refused && error.code === "units_unknown") setAsks(true);
      else setError(error);
    }
    setBusy(false);
  };
  return (
    <Ask
      title={words.importTitle}
      go={words.importGo}
      onGo={() => void takeIn()}
      onClose={onClose}
      busy={busy}
      can={text.trim() !== "" && name.trim() !== "" && (!asks || units !== null)}
      trouble={error}
    >
      <p>{words.importWhy}</p>
      <FileButton
        label={words.importFile}
        accept=".json,.csv,.txt,application/json,text/*"
        onFile={(file) => void take(file)}
      />
      <label className="field">
        <span>{words.importText}</span>
        <textarea
          rows={4}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          spellCheck={false}
        />
      </label>
      <label className="field">
        <span>{words.name}</span>
        <input value={name} maxLength={64} onChange={(event) => setName(event.currentTarget.value)} />
      </label>
      {asks ? (
        <fieldset className="units">
          <legend>{words.importUnits}</legend>
          {(["c", "f"] as const).map((unit) => (
            <label className="check" key={unit}>
              <input type="radio" name="units" checked={units === unit} onChange={() => setUnits(unit)} />
              <span>{unit === "c" ? "°C" : "°F"}</span>
            </label>
          ))}
        </fieldset>
      ) : null}
    </Ask>
  );
}
