import type { ComponentType } from "react";
import { useWords } from "../words/use";
import { DiagnosticsIcon, HistoryIcon, KilnIcon, ProfileIcon, SettingsIcon, TuningIcon } from "./icons";
import { link } from "./router";
import { frameWords } from "./words";

const ICONS = {
  kiln: KilnIcon,
  profiles: ProfileIcon,
  history: HistoryIcon,
  tuning: TuningIcon,
  settings: SettingsIcon,
  diagnostics: DiagnosticsIcon,
} satisfies Record<string, ComponentType>;

type Screen = keyof typeof ICONS;

const ALL: readonly Screen[] = ["kiln", "profiles", "history", "tuning", "settings", "diagnostics"];
/** Five fit a phone; diagnostics are reached from the settings there. */
const ON_PHONES = ALL.slice(0, 5);

export function Nav({ screen, place }: { screen: string; place: "bar" | "tabs" }) {
  const words = useWords(frameWords);
  const shown = place === "bar" ? ALL : ON_PHONES;
  const current = place === "tabs" && screen === "diagnostics" ? "settings" : screen;
  return (
    <nav className={place} aria-label={words.nav}>
      {shown.map((name) => {
        const Icon = ICONS[name];
        return (
          <a key={name} href={link(name)} aria-current={name === current ? "page" : undefined}>
            {place === "tabs" ? <Icon /> : null}
            <span>{words.screens[name]}</span>
          </a>
        );
      })}
    </nav>
  );
}
