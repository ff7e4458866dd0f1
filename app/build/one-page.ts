/**
 * Puts the style into the page, packs every file, and says beside them what an answer tells of each: `pages.json` for
 * the simulator, `pages.rs` for the firmware.
 */
import { createHash } from "node:crypto";
import { gzipAsync } from "@gfx/zopfli";
import type { Plugin, Rollup } from "vite";

/** What is served beside the page; the names stand in the kiln's table of routes. */
const PARTS = { main: "main.js", rest: "rest.js", compute: "kiln.wasm" } as const;

/** A kiln has few sockets: page and script for the first paint, one file for the rest, one to compute with. */
export function onePage(): Plugin {
  return {
    name: "one-page",
    apply: "build",
    enforce: "post",
    generateBundle: {
      // When everybody else is done with the files.
      order: "post",
      async handler(_options, bundle) {
        const page = take(bundle, (name) => name === "index.html");
        const style = take(bundle, (name) => name.endsWith(".css"));
        const wanted: string[] = Object.values(PARTS);
        const others = Object.keys(bundle).filter((name) => !wanted.includes(name));
        if (!page || others.length > 0) throw new Error(`these are not served: ${others.join(", ")}`);
        const html = inlined(text(page), style ? text(style) : "");
        const emit = (fileName: string, source: string | Uint8Array) => {
          this.emitFile({ type: "asset", fileName, source });
        };
        const packed = async (file: string, source: string | Uint8Array): Promise<File> => {
          const bytes = await pack(source);
          emit(`${file}.gz`, bytes);
          return { file: `${file}.gz`, tag: createHash("sha256").update(bytes).digest("hex").slice(0, 16) };
        };
        emit("index.html", html);
        const files: Files = { page: { ...(await packed("index.html", html)), policy: policy(html) } };
        for (const [name, file] of Object.entries(PARTS)) {
          const part = bundle[file];
          if (part)
            files[name as keyof typeof PARTS] = await packed(
              file,
              part.type === "chunk" ? part.code : part.source,
            );
        }
        emit("pages.json", `${JSON.stringify(files, null, 2)}\n`);
        emit("pages.rs", rust(files));
      },
    },
  };
}

interface File {
  file: string;
  tag: string;
  policy?: string;
}

type Files = { page: File } & Partial<Record<keyof typeof PARTS, File>>;

function take(bundle: Rollup.OutputBundle, wanted: (name: string) => boolean) {
  const name = Object.keys(bundle).find(wanted);
  const part = name === undefined ? undefined : bundle[name];
  if (name === undefined || part?.type !== "asset") return undefined;
  delete bundle[name];
  return part;
}

const text = (part: Rollup.OutputAsset) =>
  typeof part.source === "string" ? part.source : Buffer.from(part.source).toString("utf8");

const inlined = (html: string, style: string): string =>
  html
    .replace(/\s*<link[^>]*rel="stylesheet"[^>]*>/g, "")
    .replace(/>\s+</g, "><")
    .replace("</head>", () => `<style>${style.trim()}</style></head>`);

/** Scripts of this kiln and the one in the page, the page's own style, and nothing from anywhere else. */
function policy(html: string): string {
  const digests = (pattern: RegExp) =>
    [...html.matchAll(pattern)].map(
      ([, body = ""]) => `'sha256-${createHash("sha256").update(body).digest("base64")}'`,
    );
  const scripts = digests(/<script>([\s\S]*?)<\/script>/g);
  const styles = digests(/<style[^>]*>([\s\S]*?)<\/style>/g);
  return [
    "default-src 'none'",
    `script-src 'self' ${scripts.join(" ")} 'wasm-unsafe-eval'`,
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

/** An expression of `kiln_app::http::Pages`, for `include!`. */
function rust(files: Files): string {
  const asset = ({ file, tag, policy }: File, content: string) =>
    `::kiln_app::http::Asset { bytes: include_bytes!("${file}"), content: ::kiln_app::http::Content::${content}, ` +
    `tag: Some("${tag}"), policy: ${policy === undefined ? "None" : `Some(${JSON.stringify(policy)})`} }`;
  const part = (file: File | undefined, content: string) => (file ? `Some(${asset(file, content)})` : "None");
  return `::kiln_app::http::Pages {
    page: ${asset(files.page, "PackedHtml")},
    main: ${part(files.main, "PackedScript")},
    rest: ${part(files.rest, "PackedScript")},
    compute: ${part(files.compute, "PackedWasm")},
}
`;
}
