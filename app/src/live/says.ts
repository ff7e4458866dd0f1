/** Short words to the viewer that go by themselves: something is done, a step is reached. */
import { store } from "./store";

export interface Said {
  id: number;
  tone: "good" | "plain" | "bad";
  text: string;
}

export const says = store<readonly Said[]>([]);

let next = 1;
const SHOWN_MS = 7000;

export function say(text: string, tone: Said["tone"] = "good"): void {
  const said = { id: next++, tone, text };
  says.set((now) => [...now.slice(-2), said]);
  setTimeout(() => unsay(said.id), tone === "bad" ? 3 * SHOWN_MS : SHOWN_MS);
}

export const unsay = (id: number): void => says.set((now) => now.filter((said) => said.id !== id));
