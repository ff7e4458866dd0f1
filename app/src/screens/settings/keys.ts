/** The kiln's settings as they are described by itself: what is shown, what was typed, and what is sent. */
import type { Applies, Config, ConfigSchema } from "../../generated/wire";
import type { Units } from "../../units/format";
import type { keyWords } from "./key-words";
import type { settingsWords } from "./words";

export type Key = ConfigSchema["keys"][number];
export type Value = string | number | boolean | null | number[];

/** What was changed and not saved, by `group.name`. */
export type Draft = Readonly<Record<string, Value>>;

export const idOf = (key: Pick<Key, "group" | "name">): string => `${key.group}.${key.name}`;

type AnyGroups = Record<string, Record<string, Value> | undefined>;

/** What is stored; nothing for a secret. */
export const stored = (config: Config, key: Key): Value | undefined =>
  (config as unknown as AnyGroups)[key.group]?.[key.name];

/** The words of a key; the kiln's own for one that is newer than this page. */
export function said(key: Key, words: (typeof keyWords)["en"]): { label: string; help: string } {
  const group = (words as unknown as Record<string, Record<string, { label: string; help: string }>>)[
    key.group
  ];
  return group?.[key.name] ?? { label: key.name.replaceAll("_", " "), help: key.help };
}

/** The unit as the viewer has it. */
export function unitOf(key: Key, units: Units): string {
  if (key.unit === "°C" || key.unit === "K") return units.degree;
  return key.unit === "°C/h" ? units.perHour : key.unit;
}

const ROUND = 1e6;
const round = (value: number) => Math.round(value * ROUND) / ROUND;

/** A number of the kiln as the viewer types it, and back. */
export function shown(key: Key, value: number, units: Units): number {
  if (key.unit === "°C") return round(units.toShown(value));
  if (key.unit === "K" || key.unit === "°C/h") return round(units.deltaToShown(value));
  return value;
}
export function typed(key: Key, value: number, units: Units): number {
  if (key.unit === "°C") return round(units.fromShown(value));
  if (key.unit === "K" || key.unit === "°C/h") return round(units.deltaFromShown(value));
  return value;
}

/** A value in words. */
export function valueSays(
  key: Key,
  value: Value | undefined,
  units: Units,
  words: (typeof settingsWords)["en"]["keys"],
): string {
  if (key.secret) return "••••••";
  if (value === undefined || value === null || value === "") return words.nothing;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "string") return (words.choice as Record<string, string>)[value] ?? value;
  const number = shown(key, value, units);
  const unit = unitOf(key, units);
  return unit ? `${number}\u00a0${unit}` : `${number}`;
}

/** The draft without what is as it was. */
export function changes(draft: Draft, config: Config, keys: readonly Key[]): Key[] {
  return keys.filter((key) => {
    const value = draft[idOf(key)];
    return value !== undefined && (key.secret || !same(value, stored(config, key)));
  });
}

export const same = (a: Value | undefined, b: Value | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** What is sent: only what changed. */
export function patchOf(draft: Draft, changed: readonly Key[]): Record<string, Record<string, Value>> {
  const patch: Record<string, Record<string, Value>> = {};
  for (const key of changed) {
    const value = draft[idOf(key)];
    if (value === undefined) continue;
    const group = patch[key.group] ?? {};
    group[key.name] = value;
    patch[key.group] = group;
  }
  return patch;
}

/** What an exported file would change. */
export function draftOf(file: unknown, config: Config, keys: readonly Key[]): Draft | null {
  if (typeof file !== "object" || file === null) return null;
  const groups = file as AnyGroups;
  if (!keys.some((key) => groups[key.group]?.[key.name] !== undefined)) return null;
  const found = keys.flatMap((key) => {
    const value = groups[key.group]?.[key.name];
    return value === undefined || key.secret || same(value, stored(config, key))
      ? []
      : [[idOf(key), value] as const];
  });
  return Object.fromEntries(found);
}

/** When the last of these takes effect. */
export function latest(changed: readonly { applies: Applies }[]): Applies {
  const order: Applies[] = ["now", "next_firing", "restart"];
  return order[Math.max(0, ...changed.map(({ applies }) => order.indexOf(applies)))] ?? "now";
}
