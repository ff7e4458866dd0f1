/** The stop: a short press does nothing, a long one works, its key twice works, and an unconfirmed one says so. */
import assert from "node:assert/strict";
import { hold } from "./firing.test.mjs";
import { QUICK, until, withKiln, withPage } from "./with.mjs";

async function firing(kiln) {
  if (!kiln.token) await kiln.pair();
  await kiln.ask("PUT", "/api/profiles/quick", QUICK);
  await kiln.ask("POST", "/api/run", { profile: "quick" });
  await kiln.until(({ state }) => state === "running");
}

export const tests = {
  "short press, long press, key, without a token and over a dialog": () =>
    withKiln({ speed: 20 }, async (kiln) => {
      await firing(kiln);
      await withPage(kiln, { token: null }, async (page) => {
        const sent = [];
        page.on("request", (request) => request.url().endsWith("/api/stop") && sent.push(Date.now()));
        await page.getByText("Step 1 of 4").waitFor();
        await hold(page, 250);
        await page.getByText("Keep holding to stop").waitFor();
        await page.waitForTimeout(700);
        assert.deepEqual(sent, [], "a short press sends nothing");
        assert.equal((await kiln.status()).state, "running");
        // Over a dialog the stop is where it always is.
        await page.getByRole("button", { name: "Change…" }).click();
        const down = Date.now();
        await hold(page, 800);
        await until("stopped", async () => (await kiln.status()).state !== "running");
        assert.ok(sent[0] - down >= 590, `held for ${sent[0] - down} ms`);
        // A gate is a count; how soon it leaves is told.
        console.log(`        sent ${sent[0] - down - 600} ms after the hold`);
      });
      await firing(kiln);
      await withPage(kiln, { token: null }, async (page) => {
        await page.getByText("Step 1 of 4").waitFor();
        await page.locator(".stop-button").focus();
        await page.keyboard.press("Enter");
        await page.waitForTimeout(400);
        assert.equal((await kiln.status()).state, "running", "one press of a key is none");
        await page.keyboard.press("Enter");
        await until("stopped by its key", async () => (await kiln.status()).state !== "running");
      });
    }),

  "a stop that does not arrive is sent again and says so": () =>
    withKiln({ speed: 20 }, async (kiln) => {
      await firing(kiln);
      await withPage(kiln, {}, async (page) => {
        await page.getByText("Step 1 of 4").waitFor();
        let tries = 0;
        await page.route("**/api/stop", (route) => {
          tries += 1;
          return tries <= 8 ? route.abort() : route.continue();
        });
        await page.route("**/api/status", (route) =>
          tries > 0 && tries <= 8 ? route.abort() : route.continue(),
        );
        await hold(page, 750);
        await page.getByText("STOP NOT CONFIRMED").waitFor();
        assert.ok(tries >= 4, `${tries} tries`);
        await page.getByText("The heat is off.").waitFor();
        assert.ok(tries > 8, "it was sent until it arrived");
        assert.notEqual((await kiln.status()).state, "running");
      });
    }),
};
