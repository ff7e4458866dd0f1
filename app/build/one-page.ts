/**
 * Puts script and style into the page, packs it, and says beside it what an answer tells of each file:
 * `pages.json` for the simulator, `pages.rs` for the firmware.
 */
import { createHash } from "node:crypto";
import { gzipAsync } from "@gfx/zopfli";
import type { Plugin, Rollup } from "vite";

/** A kiln has few sockets: everything for the first paint comes in one answer. */
export function onePage(): Plugin {
  return {
    name: "one-page",
    apply: "build",
    enforce: "post",
    async generateBundle(_options, bundle) {
      const page = take(bundle, (name) => name === "index.html");
      const scripts = Object.values(bundle).filter((part) => part.type === "chunk");
      const [script] = scripts;
      if (!page || !script || scripts.length !== 1 || script.type !== "chunk") {
        throw new Error(`one page and one script expected, not ${Object.keys(bundle).join(", ")}`);
      }
      delete bundle[script.fileName];
      const style = take(bundle, (name) => name.endsWith(".css"));
      const html = inlined(text(page), script.code, style ? text(style) : "");
      const compute = Object.values(bundle).find((part) => part.fileName.endsWith(".wasm"));
      const files: Files = { page: { file: "index.html.gz", tag: "", policy: policy(html) } };
      const emit = (fileName: string, source: string | Uint8Array) =>
        this.emitFile({ type: "asset", fileName, source });
      const packed = await pack(html);
      files.page.tag = tag(packed);
      emit("index.html", html);
      emit("index.html.gz", packed);
      if (compute?.type === "asset") {
        const bytes = await pack(compute.source);
        if (compute.fileName !== "kiln.wasm") throw new Error(`${compute.fileName} is served as kiln.wasm`);
        files.compute = { file: "kiln.wasm.gz", tag: tag(bytes) };
        emit("kiln.wasm.gz", bytes);
      }
      emit("pages.json", `${JSON.stringify(files, null, 2)}\n`);
      emit("pages.rs", rust(files));
    },
  };
}

interface File {
  file: string;
  tag: string;
  policy?: string;
}

interface Files {
  page: File;
  compute?: File;
}

function take(bundle: Rollup.OutputBundle, wanted: (name: string) => boolean) {
  const name = Object.keys(bundle).find(wanted);
  const part = name === undefined ? undefined : bundle[name];
  if (name === undefined || part?.type !== "asset") return undefined;
  delete bundle[name];
  return part;
}

const text = (part: Rollup.OutputAsset) =>
  typeof part.source === "string" ? part.source : Buffer.from(part.source).toString("utf8");

function inlined(html: string, code: string, style: string): string {
  const bare = html
    .replace(/\s*<script[^>]*src="[^"]*"[^>]*><\/script>/g, "")
    .replace(/\s*<link[^>]*rel="stylesheet"[^>]*>/g, "");
  const safe = code.trim().replaceAll("</script", "<\\/script");
  return bare
    .replace(/>\s+</g, "><")
    .replace("</head>", () => `<style>${style.trim()}</style></head>`)
    .replace("</body>", () => `<script type="module">${safe}</script></body>`);
}

/** Only these scripts and this style, by their digests; nothing from anywhere else. */
function policy(html: string): string {
  const digests = (pattern: RegExp) =>
    [...html.matchAll(pattern)].map(
      ([, body]) =>
        `'sha256-${createHash("sha256")
          .update(body ?? "")
          .digest("base64")}'`,
    );
  const scripts = digests(/<script[^>]*>([\s\S]*?)<\/script>/g);
  const styles = digests(/<style[^>]*>([\s\S]*?)<\/style>/g);
  return [
    "default-src 'none'",
    `script-src ${scripts.join(" ")} 'wasm-unsafe-eval'`,
    `style-src ${styles.join(" ")}`,
    "connect-src 'self'",
    "img-src data: blob:",
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Gzip, looked for long: what is packed once is fetched over a kiln's slow Wi-Fi a thousand times. */
const pack = async (source: string | Uint8Array): Promise<Uint8Array> =>
  gzipAsync(Buffer.from(source), { numiterations: 6 });

const tag = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

/** An expression of `kiln_app::http::Pages`, for `include!`. */
function rust(files: Files): string {
  const asset = ({ file, tag, policy }: File, content: string) =>
    `::kiln_app::http::Asset { bytes: include_bytes!("${file}"), content: ::kiln_app::http::Content::${content}, ` +
    `tag: Some("${tag}"), policy: ${policy === undefined ? "None" : `Some(${JSON.stringify(policy)})`} }`;
  const compute = files.compute ? `Some(${asset(files.compute, "PackedWasm")})` : "None";
  return `::kiln_app::http::Pages {\n    page: ${asset(files.page, "PackedHtml")},\n    compute: ${compute},\n}\n`;
}
