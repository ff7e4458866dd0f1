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

const pseudos = new WeakMap<object, Words>();

/** The words of a table in one tongue. */
export function wordsIn<T extends Words>(words: Table<T>, tongue: Tongue): T {
  if (tongue !== "pseudo") return words[tongue];
  const made = pseudos.get(words) ?? pseudo(words.en);
  pseudos.set(words, made);
  return made as T;
}

const ACCENTS = new Map(
  [..."aeiouycnsAEIOUYCNS"].map((letter, at) => [letter, [..."àéîöûÿçñšÀÉÎÖÛŸÇÑŠ"][at] ?? letter]),
);

/** Accents on every letter that has some, and a third more length: what stays plain was not in a table. */
export function pseudoWord(word: string): string {
  const accented = [...word].map((letter) => ACCENTS.get(letter) ?? letter).join("");
  return `⟦${accented}${"·".repeat(Math.ceil(word.length / 3))}⟧`;
}

function pseudo(words: Words): Words {
  const made = Object.entries(words).map(([name, word]) => {
    if (typeof word === "string") return [name, pseudoWord(word)];
    if (typeof word === "function") {
      return [
        name,
        (...figures: unknown[]) => pseudoWord((word as (...figures: unknown[]) => string)(...figures)),
      ];
    }
    return [name, pseudo(word)];
  });
  return Object.fromEntries(made) as Words;
}
