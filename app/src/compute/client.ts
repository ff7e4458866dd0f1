/**
 * Asks the worker that computes. It is started by the first question; a page that asks nothing fetches nothing.
 * An answer is a promise: it fails when the file cannot be fetched, and may be asked again.
 */
import url from "./kiln.wasm?url&no-inline";
import type { Machine } from "./machine";
import type { AskName, Reply } from "./worker";
import Beside from "./worker?worker&inline";

type Answer<Name extends AskName> = Machine[Name] extends (...given: infer _) => infer Answer
  ? Answer
  : never;

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

let worker: Promise<Worker> | null = null;
let next = 1;
const waiting = new Map<number, Waiting>();

/** The computing could not be loaded: the kiln is not concerned. */
export class NotComputed extends Error {}

async function begin(): Promise<Worker> {
  const reply = await fetch(url).catch(() => null);
  if (!reply?.ok) throw new NotComputed("kiln.wasm");
  const bytes = await reply.arrayBuffer();
  const made = new Beside();
  made.onmessage = ({ data }: MessageEvent<Reply>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ("error" in data) asked?.reject(new NotComputed(data.error));
    else asked?.resolve(data.answer);
  };
  made.onerror = () => {
    for (const asked of waiting.values()) asked.reject(new NotComputed("worker"));
    waiting.clear();
    made.terminate();
    worker = null;
  };
  made.postMessage({ bytes }, [bytes]);
  return made;
}

/** Asks one method of the machine. */
export async function compute<Name extends AskName>(
  ask: Name,
  ...given: Machine[Name] extends (...given: infer Given) => unknown ? Given : never
): Promise<Answer<Name>> {
  worker ??= begin();
  let made: Worker;
  try {
    made = await worker;
  } catch (error) {
    worker = null;
    throw error;
  }
  const id = next++;
  return new Promise<Answer<Name>>((resolve, reject) => {
    waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
    made.postMessage({ id, ask, given });
  });
}
