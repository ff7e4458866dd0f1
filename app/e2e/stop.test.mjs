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

/**
 * Watches from within when a hold ends and when its stop leaves. The bar of 50 ms is kept as a count, which no loaded
 * machine can fail: the request is made in the very task in which the hold ends, with nothing of the page between.
 */
const watched = (page) =>
  page.evaluate(() => {
    const seen = { inTask: false };
    window.stopSeen = seen;
    const [wait, ask] = [window.setTimeout, window.fetch];
    window.setTimeout = (does, ms, ...more) => {
      if (ms !== 600) return wait(does, ms, ...more);
      return wait(() => {
        seen.held = performance.now();
        seen.inTask = true;
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          seen.inTask = false;
        };
        port2.postMessage("the next task");
        does();
      }, ms);
    };
    window.fetch = (where, how) => {
      if (String(where).endsWith("/api/stop")) seen.sent ??= { at: performance.now(), inTask: seen.inTask };
      return ask(where, how);
    };
    addEventListener(
      "pointerdown",
      ({ timeStamp }) => {
        seen.down = timeStamp;
      },
      true,
    );
  });

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
        await watched(page);
        await hold(page, 800);
        await until("stopped", async () => (await kiln.status()).state !== "running");
        const seen = await page.evaluate(() => window.stopSeen);
        assert.ok(seen.sent, "the stop was sent by a hold");
        assert.ok(seen.held - seen.down >= 599, `held for ${seen.held - seen.down} ms`);
        assert.ok(seen.sent.inTask, "nothing of the page lies between the end of the hold and the request");
        console.log(`        sent ${(seen.sent.at - seen.held).toFixed(1)} ms after the hold`);
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
