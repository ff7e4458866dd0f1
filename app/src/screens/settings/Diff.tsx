import { useState } from "react";
import { Ask } from "../../frame/Ask";
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
    <Ask
      wide
      title={words.diff}
      go={words.save}
      onGo={() => void save()}
      onClose={onClose}
      busy={busy && words.saving}
      trouble={trouble}
    >
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
    </Ask>
  );
}
