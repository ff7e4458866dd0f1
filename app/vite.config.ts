import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { onePage } from "./build/one-page.ts";

const preact = (path: string) => fileURLToPath(new URL(`./node_modules/preact/${path}`, import.meta.url));

// The source is written in React's idiom and compiled against Preact: these lines are all there is to it.
const alias = [
  { find: /^react-dom\/client$/, replacement: preact("compat/client.mjs") },
  { find: /^react\/jsx(-dev)?-runtime$/, replacement: preact("jsx-runtime/dist/jsxRuntime.mjs") },
  { find: /^react(-dom)?$/, replacement: preact("compat/dist/compat.mjs") },
];

export default defineConfig({
  base: "./",
  resolve: { alias },
  plugins: [onePage()],
  build: {
    target: "es2022",
    cssTarget: ["chrome111", "safari16.4", "firefox114"],
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: { entryFileNames: "main.js", chunkFileNames: "rest.js", assetFileNames: "[name][extname]" },
    },
  },
  worker: { format: "es" },
  server: { host: "127.0.0.1" },
  test: { include: ["unit/**/*.test.{ts,tsx}"], environment: "happy-dom", testTimeout: 60_000 },
});
