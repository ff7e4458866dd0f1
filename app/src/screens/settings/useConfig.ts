import { useCallback, useEffect, useState } from "react";
import { get } from "../../api/client";
import type { Config, ConfigSchema } from "../../generated/wire";
import { errorSays } from "../../words/says";
import type { Key } from "./keys";

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
    } catch (error) {
      say(errorSays(error));
    }
  }, []);
  useEffect(() => void again(), [again]);
  return { loaded, trouble, again };
}
