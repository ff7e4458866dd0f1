import type { Tongue } from "../words/table";

/** Whether the browser's own tools accept a language tag; `C`, as containers have it, is none. */
export function isTag(tag: string | undefined): tag is string {
  try {
    return tag !== undefined && Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

/**
 * The tag that numbers, dates and clocks are written by: the browser's own where it is of the language that is read
 * (so that en-GB keeps its 24 hours), else the language itself.
 */
export function localeFor(tongue: Tongue, tags: readonly string[] = navigator.languages ?? []): string {
  const language = tongue === "pseudo" ? "en" : tongue;
  return (
    tags.find((tag) => tag.slice(0, 2).toLowerCase() === language && isTag(tag)) ??
    (language === "en" ? "en-GB" : language)
  );
}
