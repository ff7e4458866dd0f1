/** The system's Chromium, and what every script does with a page. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1100, height: 800 };

/**
 * A browser with a new profile. `viewer` is what the viewer likes, as the page keeps it; `errors` collects what the
 * page complains about.
 */
export async function browse({
  viewport = DESKTOP,
  viewer = {},
  token,
  theme = "light",
  locale = "en-GB",
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), "kiln-browser-"));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ARGUMENTS,
    viewport,
    locale,
    timezoneId: "Europe/Paris",
    colorScheme: theme,
    acceptDownloads: true,
    hasTouch: viewport.width < 600,
  });
  await context.addInitScript(
    ([viewer, token]) => {
      const first = sessionStorage.getItem("told") === null;
      if (!first) return;
      sessionStorage.setItem("told", "yes");
      if (Object.keys(viewer).length > 0) localStorage.setItem("kiln.viewer", JSON.stringify(viewer));
      if (token) localStorage.setItem("kiln.token", token);
    },
    [{ sound: false, ...viewer }, token],
  );
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(Number(process.env.KILN_PATIENCE ?? 30_000));
  const errors = [];
  page.on("pageerror", (error) => errors.push(`${error.message}\n${error.stack ?? ""}`));
  page.on("console", (message) => {
    // A connection that a test breaks on purpose is told of here, too.
    if (message.type() === "error" && !/Failed to load resource|ERR_CONNECTION/.test(message.text())) {
      errors.push(message.text());
    }
  });
  return {
    context,
    page,
    errors,
    async close() {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
