import { useMemo, useState } from "react";
import { post } from "../../api/client";
import type { ConfigSaved } from "../../generated/wire";
import { isActive, useKiln } from "../../live/kiln";
import { say } from "../../live/says";
import { errorSays } from "../../words/says";
import { useWords } from "../../words/use";
import { Diff } from "./Diff";
import { Field } from "./Field";
import { keyWords } from "./key-words";
import { changes, type Draft, idOf, type Key, latest, patchOf, said, stored } from "./keys";
import type { Loaded } from "./useConfig";
import { settingsWords } from "./words";

type Group = keyof (typeof settingsWords)["en"]["keys"]["group"];

interface KeysProps {
  loaded: Loaded;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  again: () => Promise<void>;
}

/** Every setting of the kiln, found by its words, saved after a look at what changes. */
export function Keys({ loaded, draft, onDraft, again }: KeysProps) {
  const words = useWords(settingsWords).keys;
  const told = useWords(keyWords);
  const [search, setSearch] = useState("");
  const [review, setReview] = useState(false);
  const status = useKiln((now) => now.status);
  const { config, keys } = loaded;
  const changed = useMemo(() => changes(draft, config, keys), [draft, config, keys]);
  const wanted = search.trim().toLocaleLowerCase();
  const found = keys.filter((key) => {
    const { label, help } = said(key, told);
    return wanted === "" || `${label} ${help} ${key.group} ${key.name}`.toLocaleLowerCase().includes(wanted);
  });
  const groups = [...new Set(keys.map((key) => key.group))];
  return (
    <section className="stack" aria-labelledby="keys-title">
      <div className="row apart">
        <h2 id="keys-title">{words.title}</h2>
        <label className="search">
          <span className="unseen">{words.search}</span>
          <input
            type="search"
            placeholder={words.search}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </label>
      </div>
      {status && isActive(status) ? <p className="note">{words.firing}</p> : null}
      {status?.control.settings_refused != null ? <p className="trouble">{words.refused}</p> : null}
      <p className="unseen" role="status">
        {wanted === "" ? "" : words.found(`${found.length}`)}
      </p>
      {groups.map((group) => (
        <KeyGroup
          key={group}
          group={group}
          keys={found.filter((key) => key.group === group)}
          open={wanted !== ""}
          loaded={loaded}
          draft={draft}
          onDraft={onDraft}
          changed={changed}
        />
      ))}
      {changed.length > 0 ? (
        <div className="unsaved" role="status">
          <span>{words.changed(`${changed.length}`)}</span>
          <button type="button" onClick={() => onDraft({})}>
            {words.undo}
          </button>
          <button type="button" className="main" onClick={() => setReview(true)}>
            {words.review}
          </button>
        </div>
      ) : null}
      {review ? (
        <Diff
          config={config}
          changed={changed}
          draft={draft}
          onClose={() => setReview(false)}
          onSave={async () => {
            await post<ConfigSaved>("/api/config", patchOf(draft, changed));
            const later = latest(changed) === "restart";
            onDraft({});
            setReview(false);
            say(later ? words.savedLater : words.saved);
            await again();
          }}
          says={errorSays}
        />
      ) : null}
    </section>
  );
}

interface GroupProps {
  group: string;
  keys: readonly Key[];
  open: boolean;
  loaded: Loaded;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  changed: readonly Key[];
}

function KeyGroup({ group, keys, open, loaded, draft, onDraft, changed }: GroupProps) {
  const words = useWords(settingsWords).keys;
  const [shown, show] = useState(false);
  if (keys.length === 0) return null;
  const name = (words.group as Record<string, string>)[group as Group] ?? group;
  const count = changed.filter((key) => key.group === group).length;
  return (
    <details
      className="panel group"
      open={open || shown}
      onToggle={(event) => {
        if (!open) show(event.currentTarget.open);
      }}
    >
      <summary>
        <span>{name}</span>
        <span className="quiet small">{count > 0 ? words.changed(`${count}`) : keys.length}</span>
      </summary>
      {open || shown ? (
        <div className="keys">
          {keys.map((key) => {
            const id = idOf(key);
            return (
              <Field
                key={id}
                of={key}
                value={draft[id] ?? (id in draft ? null : stored(loaded.config, key))}
                changed={changed.includes(key)}
                hasSecret={loaded.config.wifi_password_set}
                onChange={(value) => onDraft({ ...draft, [id]: value })}
              />
            );
          })}
        </div>
      ) : null}
    </details>
  );
}
