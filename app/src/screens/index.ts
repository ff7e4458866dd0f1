import type { ComponentType } from "react";
import { Diagnostics } from "./diagnostics";
import { History } from "./history";
import { Kiln } from "./kiln";
import { Profiles } from "./profiles";
import { Settings } from "./settings";
import { Tuning } from "./tuning";

/** A screen gets what follows its name in the address. */
export type Screen = ComponentType<{ rest: readonly string[] }>;

export const SCREENS: Readonly<Record<string, Screen>> = {
  kiln: Kiln,
  profiles: Profiles,
  history: History,
  tuning: Tuning,
  settings: Settings,
  diagnostics: Diagnostics,
};
