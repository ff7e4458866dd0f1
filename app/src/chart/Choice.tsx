/** One of a few, beside each other. */
export function Choice<T extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: T;
  choices: Record<T, string>;
  onChange: (value: T) => void;
}) {
  return (
    <div className="segments" role="group" aria-label={label}>
      {(Object.keys(choices) as T[]).map((choice) => (
        <button type="button" key={choice} aria-pressed={choice === value} onClick={() => onChange(choice)}>
          {choices[choice]}
        </button>
      ))}
    </div>
  );
}
