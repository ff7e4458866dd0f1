/** The tiles of the desktop shell: a page of its own, not served by any kiln. `cargo xtask shell` puts it in its place. */
import { defineConfig, mergeConfig } from "vitest/config";
import page from "./vite.config.ts";

const { plugins: _one, ...common } = page;

export default mergeConfig(
  common,
  defineConfig({
    build: {
      outDir: "shell/dist",
      emptyOutDir: true,
      rolldownOptions: { input: "kilns.html" },
    },
  }),
);
