/** A whole number of a dialog: the browser itself says what is out of bounds when one goes on. */
export function TypedNumber({
  label,
  hint,
  value,
  least,
  most,
  onChange,
}: {
  label: string;
  hint?: string;
  /** As it was typed. */
  value: string;
  least?: number | undefined;
  most?: number | undefined;
  onChange: (typed: string) => void;
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type="number"
        step="1"
        required
        min={least}
        max={most}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {hint ? <small>{hint}</small> : null}
    </label>
  );
}
