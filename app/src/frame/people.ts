/** Asks the person in front of the page for what the kiln wants: a pairing, or a code. One question at a time. */
import { people } from "../api/client";
import { store } from "../live/store";

export type Question =
  | { is: "pair"; why: "missing" | "unknown"; answer: (paired: boolean) => void }
  | { is: "code"; answer: (code: string | null) => void };

export const question = store<Question | null>(null);

let pairing: Promise<boolean> | null = null;

export function askPeople(): void {
  people.pair = (why) => {
    pairing ??= new Promise<boolean>((resolve) => {
      question.set({
        is: "pair",
        why,
        answer(paired) {
          question.set(null);
          pairing = null;
          resolve(paired);
        },
      });
    });
    return pairing;
  };
  people.code = () =>
    new Promise((resolve) => {
      question.set({
        is: "code",
        answer(code) {
          question.set(null);
          resolve(code);
        },
      });
    });
}
