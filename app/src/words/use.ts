import { useViewer } from "../live/viewer";
import { type Table, type Words, wordsIn } from "./table";

/** The words of a table in the viewer's language. */
export function useWords<T extends Words>(words: Table<T>): T {
  return wordsIn(words, useViewer().tongue);
}
