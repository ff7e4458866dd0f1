/** The lines of the kiln's log: which are shown, and how bad each is. */

export const LEVELS = ["all", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

const BADNESS: Record<string, number> = { debug: 0, info: 1, warn: 2, error: 3 };
const LEAST: Record<Level, number> = { all: 0, info: 1, warn: 2, error: 3 };

/** How bad a line says it is; one without a word for it is news. */
export function badness(line: string): number {
  const word = line.match(/\b(debug|info|warn|error)\b/i)?.[1]?.toLowerCase();
  return BADNESS[word ?? "info"] ?? 1;
}

/** The newest lines that are bad enough, oldest first. */
export function linesOf(text: string, level: Level, most: number): string[] {
  const lines = text.split("\n").filter((line) => line !== "" && badness(line) >= LEAST[level]);
  return lines.slice(-most);
}
