/** Never connected, live, stale, lost: four different things; and one poller for all windows. */
import assert from "node:assert/strict";
import { QUICK, until, withKiln, withPage } from "./with.mjs";

const dot = (page) => page.locator(".dot").getAttribute("class");

export const tests = {
  "offline and back: the value stays, marked old, and no line is drawn across": () =>
    withKiln({ speed: 60 }, async (kiln) => {
      await kiln.pair();
      await kiln.ask("PUT", "/api/profiles/quick", QUICK);
      await kiln.ask("POST", "/api/run", { profile: "quick" });
      await withPage(kiln, {}, async (page) => {
        await page.getByText("Step 1 of 4").waitFor();
        const before = await page.locator("[data-test=bar-temp]").innerText();
        assert.match(before, /\d+\s°C/);
        await kiln.cut();
        await until("stale", async () => (await dot(page)).includes("stale"));
        assert.match(await page.locator("[data-test=link]").innerText(), /old\. Trying to reach the kiln/);
        assert.match(await page.locator("[data-test=bar-temp]").innerText(), /\d+\s°C/);
        await until("lost", async () => (await dot(page)).includes("lost"), 40_000);
        assert.match(await page.locator("[data-test=link]").innerText(), /keeps running on its own/);
        // A firing that nobody sees is an alarm; acknowledging it is not the end of it.
        await page.getByRole("button", { name: "Acknowledge" }).click();
        await page.getByText("Acknowledged – not cleared").waitFor();
        await kiln.begin();
        await until("live again", async () => (await dot(page)).includes("live"), 40_000);
        await page.locator("[data-test=alarm]").waitFor({ state: "detached" });
      });
    }),

  "a page that never met its kiln says so and counts nothing": () =>
    withKiln({ speed: 1 }, async (kiln) => {
      await withPage(kiln, {}, async (page) => {
        await page.route("**/api/**", (route) => route.abort());
        await page.reload();
        await until("never", async () => (await dot(page)).includes("never"));
        assert.match(await page.locator("[data-test=link]").innerText(), /Looking for the kiln/);
        assert.equal(await page.locator("[data-test=bar-temp]").innerText(), "—");
        assert.doesNotMatch(await page.locator("body").innerText(), /\d{6,} s/);
        await page.unroute("**/api/**");
        await until("live", async () => (await dot(page)).includes("live"));
      });
    }),

  "two windows ask once, and the one that is left goes on": () =>
    withKiln({ speed: 1 }, async (kiln) => {
      await withPage(kiln, {}, async (page, { context }) => {
        await until("live", async () => (await dot(page)).includes("live"));
        const second = await context.newPage();
        let asked = 0;
        second.on("request", (request) => {
          if (request.url().endsWith("/api/status")) asked += 1;
        });
        await second.goto(kiln.address);
        await second.bringToFront();
        await until("the second is live", async () => (await dot(second)).includes("live"));
        let first = 0;
        page.on("request", (request) => {
          if (request.url().endsWith("/api/status")) first += 1;
        });
        asked = 0;
        await second.waitForTimeout(7000);
        assert.ok(first === 0 || asked === 0, `both asked: ${first} and ${asked}`);
        assert.ok(first + asked >= 1, "nobody asked");
        await page.close();
        await second.waitForTimeout(7000);
        assert.ok(asked >= 1, "the one that is left asks");
        assert.ok((await dot(second)).includes("live"));
      });
    }),
};
