/** What every test does: a kiln, a browser that looks at it, and both gone afterwards. */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { browse } from "./browser.mjs";
import { Kiln } from "./kiln.mjs";

/** The name of the profile most tests fire, and its file. */
export const QUICK = {
  format: 1,
  name: "Quick",
  temp_units: "c",
  steps: [
    { type: "ramp", target_temp: 80, desired_rate: 300 },
    { type: "hold", target_temp: 80, duration: 1200 },
    { type: "ramp", target_temp: 140, desired_rate: 300 },
    { type: "hold", target_temp: 140, duration: 600 },
  ],
};

export async function withKiln(options, run) {
  const kiln = await Kiln.start(options);
  try {
    await run(kiln);
  } finally {
    await kiln.leave();
  }
}

/** A page of a kiln; what it complains about fails the test. */
export async function withPage(kiln, options, run, { hash = "" } = {}) {
  const seen = await browse({ token: kiln.token, ...options });
  try {
    await seen.page.goto(`${kiln.address}/${hash}`);
    await run(seen.page, seen);
    assert.deepEqual(seen.errors, [], "the page complained");
  } catch (error) {
    const folder = process.env.KILN_E2E_OUT;
    if (folder) {
      mkdirSync(folder, { recursive: true });
      await seen.page.screenshot({ path: join(folder, `failed-${Date.now()}.png`) }).catch(() => {});
    }
    throw error;
  } finally {
    await seen.close();
  }
}

/** Waits until something is so, and says what it was if it never is. */
export async function until(what, look, ms = 20_000) {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
