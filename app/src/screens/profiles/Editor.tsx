import { useEffect, useLayoutEffect, useState } from "react";
import { del, get, getTagged, named, put } from "../../api/client";
import { Refused } from "../../api/refused";
import { fitted } from "../../compute/kept";
import { Ask } from "../../frame/Ask";
import { go, link } from "../../frame/router";
import { saveFile } from "../../frame/saveFile";
import { Trouble } from "../../frame/Trouble";
import type { Profile, ProfileSaved, ProfileStep, RunList } from "../../generated/wire";
import { say } from "../../live/says";
import { useStore } from "../../live/store";
import { useUnits } from "../../live/viewer";
import { useWords } from "../../words/use";
import { useLoaded } from "../parts/useLoaded";
import {
  changed,
  type Draft,
  documentOf,
  draftOf,
  type Editing,
  editing,
  keepDraft,
  keptDraft,
  redone,
  same,
  undone,
} from "./draft";
import { fileName, sameName } from "./names";
import { Outline } from "./Outline";
import { pending, takePending } from "./pending";
import { TEMPLATES } from "./templates";
import { configOnce, useTrial } from "./usePlan";
import { profileWords } from "./words";

interface Known {
  /** The name of its file; null for a new one. */
  file: string | null;
  saved: Draft | null;
  etag: string | null;
}

/** A stored profile by its name, or a new one. */
export function Editor({ name = "", template = null }: { name?: string; template?: number | null }) {
  const { doc, error, again } = useLoaded<Known>(async () => {
    if (!name) return { file: null, saved: null, etag: null };
    const { doc, etag } = await getTagged<Profile>(`/api/profiles/${named(name)}`);
    return { file: name, saved: draftOf(doc), etag };
  }, name || `new${template}`);
  if (!doc) {
    return (
      <div className="page">
        <h1>{name}</h1>
        <Trouble error={error} again={again} />
      </div>
    );
  }
  return <Open key={doc.etag} known={doc} template={template} again={again} />;
}

function first(
  { file, saved, etag }: Known,
  template: number | null,
  copied: (name: string) => string,
  untitled: string,
) {
  const kept = keptDraft(file ?? "");
  if (saved) return { draft: kept?.draft ?? saved, etag: kept?.etag ?? etag, kept: kept !== null };
  const brought = takePending();
  if (brought) return { draft: brought, etag: null, kept: false };
  const from = template === null ? undefined : TEMPLATES[template];
  if (from) return { draft: { ...draftOf(from), name: copied(from.name) }, etag: null, kept: false };
  if (kept) return { draft: kept.draft, etag: null, kept: true };
  const steps: ProfileStep[] = [
    { type: "ramp", target_temp: 100, desired_rate: 60 },
    { type: "hold", target_temp: 100, duration: 1800 },
    { type: "ramp", target_temp: 1000, desired_rate: 120 },
    { type: "hold", target_temp: 1000, duration: 600 },
  ];
  return { draft: { name: untitled, description: "", steps }, etag: null, kept: false };
}

type Saving =
  | { is: "no" }
  | { is: "busy" }
  | { is: "other"; fresh: boolean }
  | { is: "failed"; error: unknown };

function Open({ known, template, again }: { known: Known; template: number | null; again: () => void }) {
  const words = useWords(profileWords);
  const [begun] = useState(() => first(known, template, words.copied, words.untitled));
  const [state, setState] = useState<Editing>(() => editing(begun.draft));
  const [saving, setSaving] = useState<Saving>({ is: "no" });
  const [removing, setRemoving] = useState(false);
  const [showDraft, setShowDraft] = useState(begun.kept);
  const { now } = state;
  const isNew = known.saved === null;
  const dirty = known.saved === null || !same(now, known.saved);
  const key = known.file ?? "";
  // At once, not after the next drawing: a page that is closed then keeps what was typed last.
  useLayoutEffect(
    () => keepDraft(key, dirty ? { draft: now, etag: begun.etag } : null),
    [key, dirty, now, begun.etag],
  );
  useLeaving(dirty && state.past.length > 0, words.leave);
  useKeys(setState);
  const change = (next: Partial<Draft>, part: string | null = null) =>
    setState((was) => changed(was, { ...was.now, ...next }, part));

  const save = async (over = false) => {
    setSaving({ is: "busy" });
    const doc = documentOf(now);
    const name = known.file !== null && doc.name === known.saved?.name ? known.file : fileName(doc.name);
    const fresh = name !== known.file;
    const expected: Record<string, string> = over
      ? { "If-Match": "*" }
      : fresh
        ? { "If-None-Match": "*" }
        : { "If-Match": `"${begun.etag ?? known.etag ?? ""}"` };
    try {
      const saved = await put<ProfileSaved>(`/api/profiles/${named(name)}`, doc, { headers: expected });
      keepDraft(key, null);
      say(words.saved(doc.name));
      setSaving({ is: "no" });
      if (fresh) go("profiles", saved.name);
      else again();
    } catch (error) {
      const conflict = error instanceof Refused && (error.status === 412 || error.status === 409);
      setSaving(conflict ? { is: "other", fresh } : { is: "failed", error });
    }
  };

  return (
    <div className="page editor">
      <a className="back" href={link("profiles")}>
        ← {words.back}
      </a>
      <header className="editor-head">
        <h1 className="unseen">{now.name || words.untitled}</h1>
        <input
          className="editor-name"
          aria-label={words.name}
          value={now.name}
          maxLength={64}
          onChange={(event) => change({ name: event.currentTarget.value }, "name")}
        />
        <div className="row">
          <button type="button" disabled={state.past.length === 0} onClick={() => setState(undone)}>
            {words.undo}
          </button>
          <button type="button" disabled={state.future.length === 0} onClick={() => setState(redone)}>
            {words.redo}
          </button>
          <button
            type="button"
            className="main"
            disabled={!dirty || saving.is === "busy" || now.name.trim() === ""}
            onClick={() => void save()}
          >
            {saving.is === "busy" ? words.saving : words.save}
          </button>
        </div>
      </header>
      {showDraft && known.saved ? (
        <p className="note row apart">
          <span>{words.draft}</span>
          <button
            type="button"
            onClick={() => {
              change(known.saved ?? now);
              setShowDraft(false);
            }}
          >
            {words.dropDraft}
          </button>
        </p>
      ) : null}
      {saving.is === "other" ? (
        <div className="trouble row apart" role="alert">
          <span>{saving.fresh ? words.taken : words.other}</span>
          <span className="row">
            {isNew ? null : (
              <button
                type="button"
                onClick={() => {
                  keepDraft(key, null);
                  again();
                }}
              >
                {words.otherTheirs}
              </button>
            )}
            <button type="button" onClick={() => void save(true)}>
              {words.otherMine}
            </button>
          </span>
        </div>
      ) : null}
      {saving.is === "failed" ? <Trouble error={saving.error} /> : null}
      <Outline steps={now.steps} onChange={(steps, part) => change({ steps }, part ?? null)} />
      <Energy name={known.saved?.name ?? null} steps={now.steps} />
      <label className="field">
        <span>{words.description}</span>
        <textarea
          rows={3}
          maxLength={1400}
          value={now.description}
          onChange={(event) => change({ description: event.currentTarget.value }, "description")}
        />
      </label>
      <div className="row">
        <button
          type="button"
          onClick={() => saveFile(`${now.name}.json`, `${JSON.stringify(documentOf(now), null, 2)}\n`)}
        >
          {words.export}
        </button>
        {isNew ? null : (
          <>
            <button
              type="button"
              onClick={() => {
                pending({ ...now, name: words.copied(now.name) });
                go("profiles", "-", "new");
              }}
            >
              {words.copy}
            </button>
            <button type="button" className="danger" onClick={() => setRemoving(true)}>
              {words.remove}
            </button>
          </>
        )}
      </div>
      {removing && known.file !== null ? (
        <Remove name={known.file} onClose={() => setRemoving(false)} />
      ) : null}
    </div>
  );
}

/** By the fitted kiln where there is one, else by the last firing of this profile. */
function Energy({ name, steps }: { name: string | null; steps: readonly ProfileStep[] }) {
  const words = useWords(profileWords);
  const units = useUnits();
  const kiln = useStore(fitted);
  const trial = useTrial(steps, true).answer;
  const { doc } = useLoaded(async () => {
    const { hardware, display } = await configOnce();
    const runs = name === null ? null : await get<RunList>("/api/runs");
    const last = runs?.runs.find(
      (run) =>
        run.profile !== null &&
        sameName(run.profile, name ?? "") &&
        run.end === "completed" &&
        run.energy_kwh !== null,
    );
    return {
      watts: hardware.element_power_w,
      price: display.energy_price_per_kwh,
      currency: display.currency,
      last,
    };
  }, name ?? "");
  if (!doc) return null;
  const modelled = trial && doc.watts > 0 ? (trial.fullPowerS * doc.watts) / 3.6e6 : null;
  const kwh = modelled ?? doc.last?.energy_kwh ?? null;
  if (kwh === null) return null;
  const far = kiln !== null && trial !== null && trial.hottestC > kiln.hottestC + 100;
  return (
    <p className="figure">
      {words.energy} <strong>~{units.energy(kwh)}</strong>
      {doc.price > 0 ? ` · ${units.money(kwh * doc.price, doc.currency)}` : ""}{" "}
      <span className="quiet small">
        {modelled === null ? words.byLast : far ? words.extrapolated : words.byModel}
      </span>
    </p>
  );
}

function Remove({ name, onClose }: { name: string; onClose: () => void }) {
  const words = useWords(profileWords);
  const [error, setError] = useState<unknown>(null);
  const remove = async () => {
    try {
      await del(`/api/profiles/${named(name)}`);
      keepDraft(name, null);
      say(words.removed);
      go("profiles");
    } catch (error) {
      setError(error);
    }
  };
  return (
    <Ask
      title={words.remove}
      go={words.remove}
      onGo={() => void remove()}
      onClose={onClose}
      danger
      trouble={error}
    >
      <p>{words.removeSure(name)}</p>
    </Ask>
  );
}

/** Asks before a page with changes is closed. */
function useLeaving(dirty: boolean, words: string): void {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault();
      event.returnValue = words;
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [dirty, words]);
}

/** Ctrl Z and Ctrl Y, where no field is being typed into. */
function useKeys(setState: (next: (was: Editing) => Editing) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      setState(key === "y" || event.shiftKey ? redone : undone);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [setState]);
}
