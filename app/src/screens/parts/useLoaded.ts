import { useCallback, useEffect, useRef, useState } from "react";

/** What is fetched for a screen; `again` fetches it anew. */
export interface Loaded<T> {
  doc: T | null;
  error: unknown;
  again: () => void;
}

export function useLoaded<T>(fetching: () => Promise<T>, on: string): Loaded<T> {
  const [seen, show] = useState<{ on: string; doc: T | null; error: unknown }>({
    on,
    doc: null,
    error: null,
  });
  const latest = useRef(fetching);
  latest.current = fetching;
  const newest = useRef(0);
  const again = useCallback(() => {
    newest.current += 1;
    const mine = newest.current;
    latest.current().then(
      (doc) => mine === newest.current && show({ on, doc, error: null }),
      (error: unknown) => mine === newest.current && show((now) => ({ ...now, on, error })),
    );
  }, [on]);
  useEffect(again, [again]);
  return { doc: seen.on === on ? seen.doc : null, error: seen.error, again };
}
