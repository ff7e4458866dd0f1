/**
 * The kiln's interface. Every call answers with the document or throws `Refused` or `Unreachable`; what a token or a
 * code from the kiln is needed for asks for it, once, and goes on.
 */
import { keep, kept } from "../live/store";
import { Refused, refusalOf, Unreachable } from "./refused";
import { type Reply, send, shell } from "./transport";

const TOKEN = "kiln.token";
/** A kiln on a slow Wi-Fi answers within that, or not at all. */
const PATIENCE_MS = 6000;

let token: string | null = shell()?.token ?? kept(TOKEN);

export const hasToken = (): boolean => token !== null;

export function keepToken(next: string | null): void {
  token = next;
  const around = shell();
  if (around?.keepToken) around.keepToken(next);
  else keep(TOKEN, next);
}

/** How people are asked for what the kiln wants to see; the frame sets both. `null` is "no, thank you". */
export const people: {
  pair(why: "missing" | "unknown"): Promise<boolean>;
  code(): Promise<string | null>;
} = { pair: async () => false, code: async () => null };

export interface Options {
  /** Carried out once, however often it is sent. */
  key?: string;
  headers?: Record<string, string>;
  /** Longer than usual, ms. */
  patience?: number;
  /** Waits for no other request. */
  urgent?: boolean;
  /** Asks nobody for a token or a code. */
  quiet?: boolean;
  signal?: AbortSignal;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One request and its answer, whatever it is. */
export async function raw(
  method: Method,
  path: string,
  body?: string,
  options: Options = {},
): Promise<Reply> {
  const headers: Record<string, string> = { ...options.headers };
  if (token !== null) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (options.key !== undefined) headers["Idempotency-Key"] = options.key;
  const leave = await (options.urgent ? undefined : turn());
  const ends = new AbortController();
  const timer = setTimeout(() => ends.abort(), options.patience ?? PATIENCE_MS);
  options.signal?.addEventListener("abort", () => ends.abort());
  try {
    const request = { method, path, headers, signal: ends.signal };
    const reply = await send(body === undefined ? request : { ...request, body });
    const text = await reply.text();
    return { ...reply, text: async () => text };
  } catch {
    throw new Unreachable("no_answer");
  } finally {
    clearTimeout(timer);
    leave?.();
  }
}

/** The kiln has few sockets, and two for each address: the rest waits here and not there. */
const SOCKETS = 2;
let busy = 0;
const queue: (() => void)[] = [];

async function turn(): Promise<() => void> {
  if (busy >= SOCKETS) await new Promise<void>((resolve) => queue.push(resolve));
  else busy += 1;
  return () => {
    const next = queue.shift();
    if (next) next();
    else busy -= 1;
  };
}

/** Refusals that only say "not this moment": what is read is asked for again. */
const MOMENTARY = new Set(["busy", "too_many_requests", "control_silent", "control_busy"]);
const AGAIN_MS = [300, 900, 1800];

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** One request; a token or a code that is missing is asked for and sent again. */
async function asked(method: Method, path: string, body?: string, options: Options = {}): Promise<Reply> {
  let told: Options = options;
  let paired = false;
  for (let tries = 0; ; ) {
    const reply = await raw(method, path, body, told);
    if (reply.status < 400) return reply;
    const error = refusalOf(reply.status, await reply.text());
    if (error instanceof Refused && method === "GET" && reply.status >= 429 && MOMENTARY.has(error.code)) {
      const wait = AGAIN_MS[tries++];
      if (wait !== undefined) {
        await pause(wait);
        continue;
      }
    }
    if (options.quiet || !(error instanceof Refused)) throw error;
    if (!paired && (error.code === "token_missing" || error.code === "token_unknown")) {
      paired = true;
      const unknown = error.code === "token_unknown";
      if (unknown) keepToken(null);
      if (await people.pair(unknown ? "unknown" : "missing")) continue;
    } else if (error.code === "local_needed" || error.code === "not_local") {
      const code = await people.code();
      if (code !== null) {
        told = { ...options, headers: { ...options.headers, "X-Kiln-Code": code } };
        continue;
      }
    }
    throw error;
  }
}

async function json<T>(reply: Reply): Promise<T> {
  if (reply.status === 204) return undefined as T;
  try {
    return JSON.parse(await reply.text()) as T;
  } catch {
    throw new Unreachable("not_understood");
  }
}

export const get = async <T>(path: string, options?: Options): Promise<T> =>
  json<T>(await asked("GET", path, undefined, options));

/** A text as it is: a log, a CSV. */
export const getText = async (path: string, options?: Options): Promise<string> =>
  (await asked("GET", path, undefined, options)).text();

/** A document with what it is known by. */
export async function getTagged<T>(
  path: string,
  options?: Options,
): Promise<{ doc: T; etag: string | null }> {
  const reply = await asked("GET", path, undefined, options);
  return { doc: await json<T>(reply), etag: bare(reply.header("ETag")) };
}

const bare = (etag: string | null) => etag?.replace(/^"|"$/g, "") ?? null;

export const post = async <T>(path: string, doc: unknown = {}, options?: Options): Promise<T> =>
  json<T>(await asked("POST", path, JSON.stringify(doc), options));

export const put = async <T>(path: string, doc: unknown, options?: Options): Promise<T> =>
  json<T>(await asked("PUT", path, JSON.stringify(doc), options));

/** A text as it is, whatever it is: the kiln reads it. */
export const putText = async <T>(path: string, text: string, options?: Options): Promise<T> =>
  json<T>(await asked("PUT", path, text, options));

export const patch = async <T>(path: string, doc: unknown, options?: Options): Promise<T> =>
  json<T>(await asked("PATCH", path, JSON.stringify(doc), options));

export const del = async <T>(path: string, options?: Options): Promise<T> =>
  json<T>(await asked("DELETE", path, undefined, options));

/** A name as a part of a path. */
export const named = (name: string): string => encodeURIComponent(name);
