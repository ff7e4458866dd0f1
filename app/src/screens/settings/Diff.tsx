import { useState } from "react";
import { Sheet } from "../../frame/Sheet";
import { frameWords } from "../../frame/words";
import type { Config } from "../../generated/wire";
import { useUnits } from "../../live/viewer";
import { useWords } from "../../words/use";
import { keyWords } from "./key-words";
import { type Draft, idOf, type Key, said, stored, valueSays } from "./keys";
import { settingsWords } from "./words";

interface DiffProps {
  config: Config;
  changed: readonly Key[];
  draft: Draft;
  onClose: () => void;
  onSave: () => Promise<void>;
  says: (error: unknown) => string;
}

/** What is now, what it will be, and when: looked at before anything is sent. */
export function Diff({ config, changed, draft, onClose, onSave, says }: DiffProps) {
  const words = useWords(settingsWords).keys;
  const frame = useWords(frameWords);
  const told = useWords(keyWords);
  const units = useUnits();
  const [busy, setBusy] = useState(false);
  const [trouble, say] = useState<string | null>(null);
  const save = async () => {
    setBusy(true);
    try {
      await onSave();
    } catch (error) {
      say(says(error));
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={words.diff}
      onClose={onClose}
      wide
      footer={
        <>
          <button type="button" onClick={onClose}>
            {frame.cancel}
          </button>
          <button type="button" className="main" disabled={busy} onClick={() => void save()}>
            {busy ? words.saving : words.save}
          </button>
        </>
      }
    >
      <div className="stack">
        <table className="diff">
          <thead>
            <tr>
              <th scope="col">{words.key}</th>
              <th scope="col">{words.before}</th>
              <th scope="col">{words.after}</th>
              <th scope="col">{words.when}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map((key) => (
              <tr key={idOf(key)}>
                <th scope="row">{said(key, told).label}</th>
                <td>{valueSays(key, stored(config, key), units, words)}</td>
                <td>
                  <strong>{valueSays(key, draft[idOf(key)], units, words)}</strong>
                </td>
                <td>
                  {words.applies[key.applies]}
                  {key.local ? ` · ${words.local}` : ""}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {trouble ? (
          <p className="trouble" role="alert">
            {trouble}
          </p>
        ) : null}
      </div>
    </Sheet>
  );
}
