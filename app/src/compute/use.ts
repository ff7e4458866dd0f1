import { useEffect, useRef, useState } from "react";

/** What is computed from what is shown; the newest question counts, and its answer stays until the next. */
export interface Computed<T> {
  answer: T | null;
  busy: boolean;
  error: unknown;
}

/** `ask` is asked again whenever `on` changes; null asks nothing. */
export function useComputed<T>(ask: (() => Promise<T>) | null, on: readonly unknown[]): Computed<T> {
  const [seen, show] = useState<Computed<T>>({ answer: null, busy: ask !== null, error: null });
  const newest = useRef(0);
  useEffect(() => {
    newest.current += 1;
    const mine = newest.current;
    if (!ask) {
      show({ answer: null, busy: false, error: null });
      return;
    }
    show((now) => ({ ...now, busy: true }));
    ask().then(
      (answer) => mine === newest.current && show({ answer, busy: false, error: null }),
      (error: unknown) => mine === newest.current && show((now) => ({ ...now, busy: false, error })),
    );
    // biome-ignore lint/correctness/useExhaustiveDependencies: whoever asks says what the question depends on
  }, on);
  return seen;
}
