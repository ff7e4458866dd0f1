import { type ReactNode, useState } from "react";
import { post } from "../../api/client";
import { Sheet } from "../../frame/Sheet";
import { Trouble } from "../../frame/Trouble";
import type { ConfigSaved } from "../../generated/wire";
import { errorSays } from "../../words/says";
import { useWords } from "../../words/use";
import { SelfTest } from "../diagnostics/SelfTest";
import { Address } from "./Address";
import { Looks } from "./Browser";
import { Field } from "./Field";
import { changes, type Draft, idOf, type Key, patchOf, stored } from "./keys";
import type { Loaded } from "./useConfig";
import { Wifi } from "./Wifi";
import { settingsWords } from "./words";

const KILN = [
  "display.kiln_name",
  "safety.max_temp_c",
  "sensor.thermocouple_type",
  "sensor.mains_hz",
  "hardware.relay_pins",
];
const ENERGY = ["hardware.element_power_w", "display.energy_price_per_kwh", "display.currency"];

/** The first set-up, one question after the other; what was answered is saved when one goes on. */
export function Guide({
  loaded,
  again,
  onClose,
}: {
  loaded: Loaded;
  again: () => Promise<void>;
  onClose: () => void;
}) {
  const words = useWords(settingsWords).guide;
  const [at, go] = useState(0);
  const [draft, setDraft] = useState<Draft>({});
  const [busy, setBusy] = useState(false);
  const [trouble, say] = useState<string | null>(null);
  const fields = (ids: readonly string[]) => (
    <div className="keys">
      {ids.map((id) => {
        const key = loaded.keys.find((key) => idOf(key) === id);
        return key ? <GuideField key={id} of={key} loaded={loaded} draft={draft} onDraft={setDraft} /> : null;
      })}
    </div>
  );
  const steps: { title: string; why?: string; body: ReactNode }[] = [
    { title: words.viewer, body: <Looks /> },
    { title: words.kiln, why: words.kilnWhy, body: fields(KILN) },
    { title: words.energy, why: words.energyWhy, body: fields(ENERGY) },
    { title: words.wifi, body: <Wifi bare /> },
    { title: words.relays, why: words.relaysWhy, body: <SelfTest only="relays" /> },
    { title: words.ready, why: words.readyWhy, body: <Address /> },
  ];
  const step = steps[at];
  const last = at === steps.length - 1;
  const next = async () => {
    say(null);
    const changed = changes(draft, loaded.config, loaded.keys);
    if (changed.length > 0) {
      setBusy(true);
      try {
        await post<ConfigSaved>("/api/config", patchOf(draft, changed));
        setDraft({});
        await again();
      } catch (error) {
        say(errorSays(error));
        setBusy(false);
        return;
      }
      setBusy(false);
    }
    if (last) onClose();
    else go(at + 1);
  };
  return (
    <Sheet
      title={words.title}
      onClose={onClose}
      footer={
        <>
          {at > 0 ? (
            <button type="button" onClick={() => go(at - 1)}>
              {words.back}
            </button>
          ) : null}
          <button type="button" className="main" disabled={busy} onClick={() => void next()}>
            {last ? words.done : words.next}
          </button>
        </>
      }
    >
      <div className="stack">
        <div>
          <p className="quiet small">{words.step(`${at + 1}`, `${steps.length}`)}</p>
          <h3>{step?.title}</h3>
        </div>
        {step?.why ? <p>{step.why}</p> : null}
        {step?.body}
        <Trouble error={trouble} />
      </div>
    </Sheet>
  );
}

function GuideField({
  of,
  loaded,
  draft,
  onDraft,
}: {
  of: Key;
  loaded: Loaded;
  draft: Draft;
  onDraft: (draft: Draft) => void;
}) {
  const id = idOf(of);
  return (
    <Field
      of={of}
      value={id in draft ? draft[id] : stored(loaded.config, of)}
      onChange={(value) => onDraft({ ...draft, [id]: value })}
    />
  );
}
