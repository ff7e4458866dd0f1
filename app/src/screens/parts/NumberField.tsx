import { useEffect, useState } from "react";

/** A number that is typed: taken as soon as it is one, written neatly when the field is left. */
export function NumberField({
  label,
  value,
  unit,
  digits = 0,
  bare = false,
  disabled = false,
  onChange,
}: {
  label: string;
  value: number | null;
  unit?: string;
  digits?: number;
  /** The label is read and not seen. */
  bare?: boolean;
  disabled?: boolean;
  onChange: (value: number) => void;
}) {
  const neat = value === null ? "" : String(Number(value.toFixed(digits)));
  const [text, setText] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    if (text === null) setWrong(false);
  }, [text]);
  const take = (typed: string) => {
    setText(typed);
    const number = Number(typed.trim().replace(",", "."));
    const good = typed.trim() !== "" && Number.isFinite(number);
    setWrong(!good);
    if (good) onChange(number);
  };
  const input = (
    <input
      inputMode="decimal"
      autoComplete="off"
      aria-label={bare ? (unit ? `${label}, ${unit}` : label) : undefined}
      aria-invalid={wrong || undefined}
      value={text ?? neat}
      disabled={disabled}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => take(event.currentTarget.value)}
      onBlur={() => setText(null)}
    />
  );
  const field = (
    <span className="with-unit">
      {input}
      {unit ? <span aria-hidden="true">{unit}</span> : null}
    </span>
  );
  if (bare) return field;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the input stands in the field
    <label className="field">
      <span>{label}</span>
      {field}
    </label>
  );
}
