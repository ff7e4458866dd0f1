/** The tiles of the desktop shell: a page of its own, not served by any kiln. `cargo xtask shell` puts it in its place. */
import type { Plugin } from "vite";
import { defineConfig, mergeConfig } from "vitest/config";
import page from "./vite.config.ts";

const { plugins: _one, ...common } = page;

/** The same document as the page's, around another script. */
const tiles: Plugin = {
  name: "tiles",
  transformIndexHtml: {
    order: "pre",
    handler: (html) => html.replace("/src/main.tsx", "/src/shell/main.tsx"),
  },
};

export default mergeConfig(
  common,
  defineConfig({
    plugins: [tiles],
    build: {
      outDir: "shell/dist",
      emptyOutDir: true,
      // Beside them lies the page of a kiln, whose script is named main.js.
      rolldownOptions: { output: { entryFileNames: "tiles.js", chunkFileNames: "tiles-[name].js" } },
    },
  }),
);
