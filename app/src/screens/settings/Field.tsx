import { useId, useState } from "react";
import { useUnits } from "../../live/viewer";
import { useWords } from "../../words/use";
import { keyWords } from "./key-words";
import { type Key, said, shown, typed, unitOf, type Value, valueSays } from "./keys";
import { settingsWords } from "./words";

interface FieldProps {
  of: Key;
  value: Value | undefined;
  changed?: boolean;
  hasSecret?: boolean;
  onChange: (value: Value) => void;
}

/** One setting: its value, its range, what it is for, when it takes effect. */
export function Field({ of, value, changed = false, hasSecret = false, onChange }: FieldProps) {
  const words = useWords(settingsWords).keys;
  const { label, help } = said(of, useWords(keyWords));
  const units = useUnits();
  const id = useId();
  const unit = unitOf(of, units);
  const end = unit ? `\u00a0${unit}` : "";
  const bounded = of.least !== undefined && of.most !== undefined;
  const more = [
    bounded
      ? `${words.range(`${shown(of, of.least ?? 0, units)}`, `${shown(of, of.most ?? 0, units)}`)}${end}.`
      : "",
    of.secret
      ? hasSecret
        ? words.secretSet
        : words.secret
      : words.delivered(valueSays(of, of.delivered as Value, units, words)),
    words.takes(words.applies[of.applies]),
    of.local ? words.local : "",
  ];
  return (
    <div className={`key${changed ? " changed" : ""}`} data-key={`${of.group}.${of.name}`}>
      <label htmlFor={id}>{label}</label>
      <div className="with-unit">
        <Input id={id} of={of} value={value} onChange={onChange} describedBy={`${id}-h`} />
        {unit && of.kind !== "switch" ? <span>{unit}</span> : null}
      </div>
      <p id={`${id}-h`} className="key-help">
        {help} <span className="key-more">{more.filter(Boolean).join(" ")}</span>
      </p>
    </div>
  );
}

interface InputProps {
  id: string;
  of: Key;
  value: Value | undefined;
  onChange: (value: Value) => void;
  describedBy: string;
}

function Input({ id, of, value, onChange, describedBy }: InputProps) {
  const words = useWords(settingsWords).keys;
  const common = { id, "aria-describedby": describedBy };
  switch (of.kind) {
    case "switch":
      return (
        <input
          {...common}
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "choice":
    case "one_of":
      return (
        <select
          {...common}
          value={String(value)}
          onChange={(event) => {
            const picked = event.currentTarget.value;
            onChange(of.kind === "one_of" ? Number(picked) : picked);
          }}
        >
          {(of.choices ?? []).map((choice) => (
            <option key={choice} value={choice}>
              {(words.choice as Record<string, string>)[choice] ?? choice}
            </option>
          ))}
        </select>
      );
    case "number":
    case "whole":
      return <NumberInput id={id} of={of} value={value} onChange={onChange} describedBy={describedBy} />;
    case "pins":
      return <PinsInput id={id} of={of} value={value} onChange={onChange} describedBy={describedBy} />;
    default:
      return (
        <input
          {...common}
          type={of.secret ? "password" : "text"}
          autoComplete={of.secret ? "new-password" : "off"}
          maxLength={of.most_bytes}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => {
            const text = event.currentTarget.value;
            onChange(of.kind === "address" && text === "" ? null : text);
          }}
        />
      );
  }
}

/** A number as it is typed: half of one is none yet, and is not put right under the finger. */
function NumberInput({ id, of, value, onChange, describedBy }: InputProps) {
  const units = useUnits();
  const there = typeof value === "number" ? `${shown(of, value, units)}` : "";
  const [text, type] = useState(there);
  const means = text.trim() === "" ? Number.NaN : Number(text.replace(",", "."));
  const mine = Number.isFinite(means) && typed(of, means, units) === value;
  return (
    <input
      id={id}
      aria-describedby={describedBy}
      inputMode={of.kind === "whole" ? "numeric" : "decimal"}
      value={mine || !Number.isFinite(means) ? text : there}
      onChange={(event) => {
        const now = event.currentTarget.value;
        type(now);
        const number = Number(now.replace(",", "."));
        if (now.trim() !== "" && Number.isFinite(number)) onChange(typed(of, number, units));
      }}
      onBlur={() => type(there)}
    />
  );
}

function PinsInput({ id, value, onChange, describedBy }: InputProps) {
  const words = useWords(settingsWords).keys;
  const there = Array.isArray(value) ? value.join(", ") : "";
  const [text, type] = useState(there);
  const read = (typed: string) =>
    typed
      .split(/[^0-9]+/)
      .filter(Boolean)
      .map(Number);
  const mine = read(text).join(", ") === there;
  return (
    <input
      id={id}
      aria-describedby={describedBy}
      inputMode="numeric"
      placeholder={words.pinsHint}
      value={mine ? text : there}
      onChange={(event) => {
        type(event.currentTarget.value);
        onChange(read(event.currentTarget.value));
      }}
    />
  );
}
