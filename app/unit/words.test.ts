import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeUnits } from "../src/units/format";
import { faultWords } from "../src/words/faults";
import { refusalSays, refusalWords } from "../src/words/refusals";
import { type Table, table, type Words, wordsIn } from "../src/words/table";

const SOURCE = join(__dirname, "../src");
const ROOT = join(__dirname, "../..");

/** Every table of the page, by the file it stands in. */
const tables = Object.entries(
  import.meta.glob<Record<string, unknown>>("../src/**/{words,*-words}.ts", { eager: true }),
).flatMap(([file, module]) =>
  Object.entries(module)
    .filter(([, value]) => typeof value === "object" && value !== null && "en" in value && "fr" in value)
    .map(([name, value]) => [`${file} ${name}`, value as Table<Words>] as const),
);

function leaves(words: Words, path = ""): [string, string][] {
  return Object.entries(words).flatMap(([name, word]) => {
    if (typeof word === "string") return [[`${path}${name}`, word]] as [string, string][];
    if (typeof word !== "function") return leaves(word, `${path}${name}.`);
    const figures = Array.from({ length: 6 }, (_, at) => (at === 0 ? figure : `‹${at}›`));
    return [[`${path}${name}`, (word as (...f: unknown[]) => string)(...figures)]] as [string, string][];
  });
}

const figure = Object.assign((name: string) => `‹${name}›`, { toString: () => "‹0›" });

describe("words", () => {
  it.each([
    ...tables,
    ["faults", faultWords as Table<Words>] as const,
    ["refusals", refusalWords as Table<Words>] as const,
  ])("of %s say something in both languages, with the same figures", (_, words) => {
    const french = new Map(leaves(words.fr));
    for (const [place, english] of leaves(words.en)) {
      const other = french.get(place) ?? "";
      expect(english.trim(), place).not.toBe("");
      expect(other.trim(), place).not.toBe("");
      const figures = (text: string) => [...text.matchAll(/‹[^›]*›/g)].map(([found]) => found).sort();
      expect(figures(other), place).toEqual(figures(english));
    }
  });

  it("are all accented in the tongue that nobody speaks", () => {
    const words = table({
      en: { a: "Stop", b: (n: string) => `${n} of`, c: { d: "Go" } },
      fr: { a: "x", b: () => "y", c: { d: "z" } },
    });
    const pseudo = wordsIn(words, "pseudo");
    expect([pseudo.a, pseudo.b("3"), pseudo.c.d]).toEqual(["⟦Štöp··⟧", "⟦3 öf··⟧", "⟦Gö·⟧"]);
  });

  it("keep a French sign of two parts with its word, in figures as well", () => {
    const words = table({
      en: { a: "x", b: (n: string) => n },
      fr: { a: "Prêt ? « oui »", b: (n) => `Étape : ${n} !` },
    });
    const fr = wordsIn(words, "fr");
    expect([fr.a, fr.b("3")]).toEqual(["Prêt\u00a0? «\u00a0oui\u00a0»", "Étape\u00a0: 3\u00a0!"]);
    expect(wordsIn(words, "fr")).toBe(fr);
  });
});

describe("faults and refusals", () => {
  it("know every fault of the kiln", () => {
    const code = readFileSync(join(ROOT, "crates/kiln-wire/src/status/fault.rs"), "utf8");
    const kinds = [...code.matchAll(/Kind::\w+ => "(\w+)"/g)].map(([, kind]) => kind);
    expect(kinds.length).toBeGreaterThan(30);
    expect(Object.keys(faultWords.en.wrong).sort()).toEqual(kinds.sort());
  });

  it("know every refusal that a page can meet", () => {
    const files = [
      "kiln-wire/src/answer/error.rs",
      "kiln-wire/src/answer/problem.rs",
      "kiln-wire/src/why.rs",
      "kiln-app/src/door/refusal.rs",
    ];
    const text = files.map((file) => readFileSync(join(ROOT, "crates", file), "utf8")).join("");
    const codes = [...text.matchAll(/=> \((?:\d+), "(\w+)"|=> "([a-z]+(?:_[a-z]+)*)",$/gm)].map(
      ([, a, b]) => a ?? b,
    );
    // What a page never sends, or what means a program's mistake and not a person's.
    const others = [
      "bad_request",
      "wrong_method",
      "length_missing",
      "length_required",
      "headers_too_large",
      "host_missing",
      "host_malformed",
      "host_unknown",
      "header_malformed",
      "origin_refused",
      "cross_site",
      "not_json",
      "stop_header_missing",
      "events_full",
      "key_malformed",
      "not_utf8",
      "trailing_text",
      "too_deep",
      "too_many_keys",
      "duplicate_key",
      "too_low",
      "too_high",
    ];
    const words =
      /^(null|bool|number|whole_number|number_or_word|text|list|object|value|key|colon|comma_or_end|digit|quote|escape)$/;
    const unknown = codes.filter(
      (code) => code && !words.test(code) && !others.includes(code) && !(code in refusalWords.en.code),
    );
    expect(codes.length).toBeGreaterThan(60);
    expect(unknown).toEqual([]);
  });

  it("say a bound in the viewer's unit, and the kiln's own sentence for what is newer than the page", () => {
    const units = makeUnits({ unit: "f", locale: "en-GB" });
    const say = (code: string, params = {}) =>
      refusalSays(refusalWords.en, { code, message: "as the kiln says", params }, units);
    expect(say("too_high", { most_c: 1300 })).toBe("It must be at most 2372\u00a0°F.");
    expect(say("never_heard_of")).toBe("as the kiln says");
  });
});

it("no sentence for people stands outside of the tables", () => {
  const files = (readdirSync(SOURCE, { recursive: true }) as string[]).filter((file) =>
    file.endsWith(".tsx"),
  );
  // Text between tags, and labels: a capital and a small letter, or two words.
  const said = /(?:>\s*|(?:aria-label|title|placeholder|alt)=")([A-Z][a-z]+[^<>{}"=;()]*)(?:<\/|")/g;
  const found = files.flatMap((file) =>
    [...readFileSync(join(SOURCE, file), "utf8").matchAll(said)].map(
      ([, text]) => `${file}: ${text?.trim()}`,
    ),
  );
  expect(found).toEqual([]);
});
