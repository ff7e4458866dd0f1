import { useCallback, useEffect, useState } from "react";
import { get } from "../../api/client";
import type { Config, ConfigSchema } from "../../generated/wire";
import { meet } from "../../live/poll";
import { errorSays } from "../../words/says";
import type { Key } from "./keys";

const AGAIN_MS = 4000;

export interface Loaded {
  config: Config;
  keys: readonly Key[];
}

/** The settings and what is known of them; fetched again when asked. */
export function useConfig(): { loaded: Loaded | null; trouble: string | null; again: () => Promise<void> } {
  const [loaded, show] = useState<Loaded | null>(null);
  const [trouble, say] = useState<string | null>(null);
  const again = useCallback(async () => {
    try {
      const config = await get<Config>("/api/config");
      const schema = await get<ConfigSchema>("/api/config/schema", { patience: 12_000 });
      show({ config, keys: schema.keys });
      say(null);
      // Its name and its maximum may be others now.
      void meet();
    } catch (error) {
      say(errorSays(error));
    }
  }, []);
  useEffect(() => void again(), [again]);
  // What could not be fetched now is fetched when the kiln has time for it.
  useEffect(() => {
    if (trouble === null || loaded !== null) return undefined;
    const timer = setInterval(() => void again(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [trouble, loaded, again]);
  return { loaded, trouble, again };
}
