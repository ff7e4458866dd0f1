/** A firing from the first click to the downloaded log, as a potter does it: no token, a code from the kiln, a phone. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PHONE } from "./browser.mjs";
import { QUICK, until, withKiln, withPage } from "./with.mjs";

export const tests = {
  "from the first click to the log": () =>
    withKiln({ speed: 300 }, async (kiln) => {
      await kiln.pair("setup");
      await kiln.ask("PUT", "/api/profiles/quick", QUICK);
      kiln.token = undefined;
      await withPage(kiln, { viewport: PHONE }, async (page) => {
        await page.getByRole("button", { name: "Start a firing" }).click();
        await page.getByText("Quick", { exact: true }).click();
        await page.getByRole("checkbox").check();
        await page.getByRole("button", { name: "Start", exact: true }).click();
        // The kiln wants to know the browser; the firing begins by itself once it does.
        const code = await kiln.pairingCode();
        await page.getByLabel("Code from the kiln").fill(code);
        await page.getByRole("button", { name: "Pair", exact: true }).click();
        await page.getByText("Step 1 of 4").waitFor();
        assert.match(await page.locator("[data-test=doing]").innerText(), /Climbing to 80/);
        await page.getByRole("button", { name: "Pause" }).click();
        await page.getByText("Paused: the target stays where it is.").waitFor();
        await page.getByRole("button", { name: "Go on" }).click();
        await page.getByText("Step 2 of 4").waitFor({ timeout: 40_000 });
        await page.getByRole("button", { name: "Skip step" }).click();
        await page.getByRole("button", { name: "Skip it" }).click();
        await page.getByText("Step 3 of 4").waitFor();
        // Loaded again in the middle, the whole course is there.
        await page.reload();
        await page.locator("canvas").first().waitFor();
        await page.locator("[data-test=doing]", { hasText: "is complete" }).waitFor({ timeout: 60_000 });
        const last = page.locator("[data-test=last-run]");
        await last.getByText("Completed").waitFor();
        await last.getByRole("link").click();
        const [file] = await Promise.all([
          page.waitForEvent("download"),
          page
            .getByRole("button", { name: /CSV/ })
            .or(page.getByRole("link", { name: /CSV/ }))
            .first()
            .click(),
        ]);
        const rows = readFileSync(await file.path(), "utf8")
          .trim()
          .split("\n");
        assert.match(rows[0], /^timestamp,elapsed_seconds,current_temp_c/);
        assert.ok(rows.length > 20, `${rows.length} rows`);
      });
    }),

  "a hold by hand, made longer, ends by a long press": () =>
    withKiln({ speed: 60 }, async (kiln) => {
      await kiln.pair();
      await withPage(kiln, {}, async (page) => {
        await page.getByRole("button", { name: "Hold a temperature" }).click();
        await page.getByLabel("Temperature, °C").fill("60");
        await page.getByLabel("For how long, minutes").fill("90");
        await page.getByRole("button", { name: "Hold it" }).click();
        await page.getByRole("button", { name: "Hold longer" }).waitFor();
        await kiln.until(({ run, target_c }) => run?.kind === "manual" && target_c > 20);
        await hold(page, 750);
        await page.getByText("The heat is off.").waitFor();
        assert.notEqual((await kiln.status()).state, "running");
      });
    }),

  "a start that waits, and is cancelled": () =>
    withKiln({ speed: 1 }, async (kiln) => {
      await kiln.pair();
      await kiln.ask("PUT", "/api/profiles/quick", QUICK);
      await withPage(kiln, {}, async (page) => {
        await page.getByRole("button", { name: "Start a firing" }).click();
        await page.getByText("Quick", { exact: true }).click();
        await page.getByRole("checkbox").check();
        await page.getByLabel("Start later").check();
        await page.getByRole("button", { name: "Set the start" }).click();
        const waiting = page.locator("[data-test=scheduled]");
        await waiting.waitFor();
        await waiting.getByRole("button").click();
        await until("no start waits", async () => (await kiln.status()).scheduled === null);
        await waiting.waitFor({ state: "detached" });
      });
    }),
};

/** Holds the stop button for so long, and while `during` goes on. */
export async function hold(page, ms, during = async () => {}) {
  const box = await page.locator(".stop-button").boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.waitForTimeout(ms);
  await during();
  await page.mouse.up();
}
