/** A profile's file on the kiln is named in letters, digits, `-`, `_` and `.`; its own name may be anything. */

const LONGEST = 64;

/** The file's name for a profile's name. */
export function fileName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9_.-]+/g, "-")
    .replace(/\.{2,}/g, ".")
    .replace(/^[.-]+|[.-]+$/g, "");
  return plain.slice(0, LONGEST) || "profile";
}

/** A file's name as people read it. */
export function readable(file: string): string {
  const text = file.replace(/[-_]+/g, " ").trim();
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

const bare = (name: string) =>
  fileName(name)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

/** Whether both name the same profile: a log's name has other blanks than the file's. */
export const sameName = (a: string, b: string): boolean => bare(a) === bare(b);
