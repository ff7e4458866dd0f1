/**
 * Words in every language of the page. A table is typed by its English half: a sentence that is missing in another
 * language, or is there without need, does not compile.
 */

/** The languages of the page. */
export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A language, or the one no person speaks, which shows what was forgotten. */
export type Tongue = Language | "pseudo";

/** A sentence, or how one is made of figures that are formatted already. */
type Word = string | ((...figures: never[]) => string);
export type Words = { readonly [name: string]: Word | Words };

/** The same words in every language. */
export type Table<T extends Words> = Readonly<Record<Language, T>>;

/** Makes a table; `fr` must have what `en` has, and nothing else. */
export const table = <T extends Words>(words: { en: T; fr: NoInfer<T> }): Table<T> => words;

/** How the words of a tongue are written where that is more than to say them. */
const WRITTEN: Partial<Record<Tongue, (word: string) => string>> = { pseudo: pseudoWord, fr: frenchWord };
const made = new WeakMap<object, Partial<Record<Tongue, Words>>>();

/** The words of a table in one tongue. */
export function wordsIn<T extends Words>(words: Table<T>, tongue: Tongue): T {
  const said = words[tongue === "pseudo" ? "en" : tongue];
  const write = WRITTEN[tongue];
  if (!write) return said;
  const kept = made.get(words) ?? {};
  made.set(words, kept);
  kept[tongue] ??= written(said, write);
  return kept[tongue] as T;
}

/** In French a sign of two parts never begins a line. */
export function frenchWord(word: string): string {
  return word.replace(/ (?=[:;?!»])/g, "\u00a0").replace(/« /g, "«\u00a0");
}

const ACCENTS = new Map(
  [..."aeiouycnsAEIOUYCNS"].map((letter, at) => [letter, [..."àéîöûÿçñšÀÉÎÖÛŸÇÑŠ"][at] ?? letter]),
);

/** Accents on every letter that has some, and a third more length: what stays plain was not in a table. */
export function pseudoWord(word: string): string {
  const accented = [...word].map((letter) => ACCENTS.get(letter) ?? letter).join("");
  return `⟦${accented}${"·".repeat(Math.ceil(word.length / 3))}⟧`;
}

function written(words: Words, write: (word: string) => string): Words {
  const all = Object.entries(words).map(([name, word]) => {
    if (typeof word === "string") return [name, write(word)];
    if (typeof word !== "function") return [name, written(word, write)];
    const say = word as (...figures: unknown[]) => string;
    return [name, (...figures: unknown[]) => write(say(...figures))];
  });
  return Object.fromEntries(all) as Words;
}
