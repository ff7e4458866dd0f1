import { useEffect, useRef, useState } from "react";

/** A value that many look at. */
export interface Store<T> {
  get(): T;
  set(next: T | ((now: T) => T)): void;
  /** Calls with every new value; returns how to end that. */
  watch(tell: () => void): () => void;
}

export function store<T>(first: T): Store<T> {
  let value = first;
  const watchers = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      const now = typeof next === "function" ? (next as (now: T) => T)(value) : next;
      if (Object.is(now, value)) return;
      value = now;
      for (const tell of [...watchers]) tell();
    },
    watch(tell) {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
  };
}

/** What is picked from a store; drawn anew when that part has changed. */
export function useStore<T, P = T>(
  from: Store<T>,
  pick: (value: T) => P = (value) => value as unknown as P,
): P {
  const latest = useRef(pick);
  latest.current = pick;
  const [picked, show] = useState(() => pick(from.get()));
  useEffect(() => {
    const look = () => show(() => latest.current(from.get()));
    look();
    return from.watch(look);
  }, [from]);
  // A new question is answered at once, not after the next change.
  return Object.is(picked, pick(from.get())) ? picked : pick(from.get());
}

/** A browser that keeps nothing (private windows) still shows the kiln. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Kept until the page is closed, by whoever asked.
  }
}
