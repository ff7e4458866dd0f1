/**
 * How a request gets to the kiln: over HTTP to whoever served this page, or through the desktop shell, which sets
 * `window.kilnShell` before the page runs and asks the kiln itself.
 */

export interface Request {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

export interface Reply {
  status: number;
  header(name: string): string | null;
  text(): Promise<string>;
}

/** What a shell around the page may offer; what it leaves out is done by the page. */
export interface Shell {
  /** Asks the kiln that is being looked at. */
  send(
    request: Omit<Request, "signal">,
  ): Promise<{ status: number; headers: Record<string, string>; body: string }>;
  /** Called with every status that the shell's own poller gets (its JSON text); the page then does not poll. */
  watch?(tell: (status: string) => void): () => void;
  /** Whether alarms reach the viewer when no window is open. */
  notifies?: boolean;
  /** The token of this kiln, kept by the shell. */
  token?: string | null;
  keepToken?(token: string | null): void;
  /** Where all kilns are shown side by side. */
  home?: string;
}

declare global {
  interface Window {
    kilnShell?: Shell;
  }
}

export const shell = (): Shell | undefined => (typeof window === "undefined" ? undefined : window.kilnShell);

export async function send(request: Request): Promise<Reply> {
  const around = shell();
  if (around) {
    const { signal: _ends, ...asked } = request;
    const { status, headers, body } = await around.send(asked);
    const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    return { status, header: (name) => named.get(name.toLowerCase()) ?? null, text: async () => body };
  }
  const { method, path, headers, body, signal } = request;
  const init: RequestInit = { method, headers, cache: "no-store", redirect: "error" };
  if (body !== undefined) init.body = body;
  if (signal) init.signal = signal;
  const reply = await fetch(path, init);
  return { status: reply.status, header: (name) => reply.headers.get(name), text: () => reply.text() };
}
