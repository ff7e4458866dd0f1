/**
 * A real kiln for a test: the simulator's own service on a port that is free, paired, ended by its process id.
 *
 * `KILN_SIM` names the simulator; without it, the one that cargo has built. `KILN_PORTS` is the first port to try.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = join(HERE, "../..");
const SIMULATOR = process.env.KILN_SIM ?? join(ROOT, "target/debug/kiln-sim");
const STARTED_MS = 30_000;

/** A port that nobody listens on, from `KILN_PORTS` on or anywhere. */
export async function freePort() {
  const first = Number(process.env.KILN_PORTS ?? 0);
  for (let port = first; port < first + 100; port += 1) {
    const free = await new Promise((resolve) => {
      const server = createServer();
      server.once("error", () => resolve(null));
      server.listen(port, "127.0.0.1", () => {
        const { port: found } = server.address();
        server.close(() => resolve(found));
      });
    });
    if (free !== null) return free;
  }
  throw new Error("no free port");
}

export class Kiln {
  /** Starts a new kiln, cold and with a blank flash: `{ speed: 60, args: ["--day", "rough"] }`. */
  static async start({ speed = 60, args = [], port, page = join(HERE, "../dist") } = {}) {
    const kiln = new Kiln();
    kiln.folder = mkdtempSync(join(tmpdir(), "kiln-e2e-"));
    kiln.port = port ?? (await freePort());
    kiln.speed = speed;
    kiln.page = page;
    await kiln.begin(["--fresh", ...args]);
    return kiln;
  }

  /** Starts the process: again over the same flash after `end` or `cut`. */
  async begin(args = []) {
    const words = ["serve", "--speed", `${this.speed}`, "--port", `${this.port}`];
    const flash = ["--flash", join(this.folder, "kiln.img")];
    const page = this.page === null ? [] : ["--page", this.page];
    this.child = spawn(SIMULATOR, [...words, ...flash, ...page, ...args], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.lines = [];
    this.waiting = [];
    this.ended = new Promise((resolve) => this.child.once("exit", resolve));
    createInterface({ input: this.child.stdout }).on("line", (line) => {
      this.lines.push(line);
      for (const look of [...this.waiting]) look();
    });
    this.code = codeOf(await this.line(/^pairing {3}code/));
    this.address = `http://127.0.0.1:${this.port}`;
  }

  /** The next line that looks like that, also one that has been said since `from`. */
  line(pattern, from = 0) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => done(reject, new Error(`kiln-sim did not say ${pattern}`)), STARTED_MS);
      const done = (how, what) => {
        clearTimeout(timer);
        this.waiting = this.waiting.filter((other) => other !== look);
        how(what);
      };
      const look = () => {
        const found = this.lines.slice(from).find((line) => pattern.test(line));
        if (found) done(resolve, found);
      };
      this.child.once("exit", (code) => done(reject, new Error(`kiln-sim ended with ${code}`)));
      this.waiting.push(look);
      look();
    });
  }

  /** Types at the kiln's console. */
  type(words) {
    this.child.stdin.write(`${words}\n`);
  }

  /** A new code to pair with. */
  async pairingCode() {
    const from = this.lines.length;
    this.type("pair");
    return codeOf(await this.line(/^pairing {3}code/, from));
  }

  /** A code for what only somebody at the kiln may do; good for one change. */
  async localCode() {
    const from = this.lines.length;
    this.type("code");
    return codeOf(await this.line(/^local {5}code/, from));
  }

  /** Pairs without a browser; the token. */
  async pair(name = "test") {
    const answer = await this.ask("POST", "/api/pair", { code: await this.pairingCode(), name });
    this.token = answer.token;
    return answer.token;
  }

  /** Asks the kiln directly, for what a test needs beside the page. */
  async ask(method, path, doc, headers = {}) {
    const all = { ...headers, ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}) };
    if (doc !== undefined) all["Content-Type"] = "application/json";
    const init = { method, headers: all, ...(doc === undefined ? {} : { body: JSON.stringify(doc) }) };
    let reply = await fetch(`${this.address}${path}`, init);
    // Its few sockets may all be in use by the page.
    for (let tries = 0; reply.status === 503 && tries < 5; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      reply = await fetch(`${this.address}${path}`, init);
    }
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return text.startsWith("{") ? JSON.parse(text) : text;
  }

  status() {
    return this.ask("GET", "/api/status");
  }

  /** Waits until the status is as wanted. */
  async until(wanted, ms = 60_000) {
    const end = Date.now() + ms;
    for (;;) {
      const status = await this.status();
      if (wanted(status)) return status;
      if (Date.now() > end) throw new Error(`the kiln did not get there: ${JSON.stringify(status)}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** Switches it off; what waits is written. */
  async end() {
    if (this.child.exitCode === null) this.type("quit");
    await this.ended;
  }

  /** Cuts the power. */
  async cut() {
    process.kill(this.child.pid, "SIGKILL");
    await this.ended;
  }

  /** Ends it for good. */
  async leave() {
    if (this.child.exitCode === null && this.child.signalCode === null)
      process.kill(this.child.pid, "SIGKILL");
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const codeOf = (line) => line.match(/\d{6}/)?.[0];
