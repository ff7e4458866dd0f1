import type { ComponentType } from "react";
import { useRest } from "../frame/rest";
import { frameWords } from "../frame/words";
import { useWords } from "../words/use";
import { Kiln } from "./kiln";

/** A screen gets what follows its name in the address. */
export type Screen = ComponentType<{ rest: readonly string[] }>;

type Later = "Diagnostics" | "History" | "Profiles" | "Settings" | "Tuning";

/** A screen that is not needed for the first paint. */
const later = (name: Later): Screen =>
  function Later({ rest }) {
    const words = useWords(frameWords);
    const there = useRest();
    const Shown = there?.[name];
    if (Shown) return <Shown rest={rest} />;
    return (
      <div className="page">
        <h1>{words.screens[name.toLowerCase() as Lowercase<Later>]}</h1>
        <p className="quiet" role="status">
          {words.busy}
        </p>
      </div>
    );
  };

export const SCREENS: Readonly<Record<string, Screen>> = {
  kiln: Kiln,
  profiles: later("Profiles"),
  history: later("History"),
  tuning: later("Tuning"),
  settings: later("Settings"),
  diagnostics: later("Diagnostics"),
};
