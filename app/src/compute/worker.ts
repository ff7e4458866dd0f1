/** Computes beside the page, so that a finger on the chart never waits for a fit. */
import { Machine } from "./machine";

/** What can be asked, each a method of the machine. */
export type Asks = Omit<Machine, "ask" | "numbers">;
export type AskName = keyof Asks & string;

export type Question = { bytes: ArrayBuffer } | { id: number; ask: AskName; given: unknown[] };
export type Reply = { id: number; answer: unknown } | { id: number; error: string };

let machine: Promise<Machine> | null = null;

addEventListener("message", async ({ data }: MessageEvent<Question>) => {
  if ("bytes" in data) {
    machine = Machine.of(data.bytes);
    return;
  }
  const { id, ask, given } = data;
  try {
    if (!machine) throw new Error("nothing to compute with");
    const does = (await machine)[ask] as (...given: unknown[]) => unknown;
    postMessage({ id, answer: does.apply(await machine, given) } satisfies Reply);
  } catch (error) {
    postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies Reply);
  }
});
