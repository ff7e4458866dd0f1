/** The small page that every image has, also one that was built without Node: it shows, pairs, starts and stops. */
import assert from "node:assert/strict";
import { QUICK, until, withKiln, withPage } from "./with.mjs";

export const tests = {
  "without the app the small page fires and stops, within its policy": () =>
    withKiln({ speed: 20, page: null }, async (kiln) => {
      await kiln.pair("setup");
      await kiln.ask("PUT", "/api/profiles/quick", QUICK);
      kiln.token = undefined;
      const reply = await fetch(kiln.address);
      const policy = reply.headers.get("content-security-policy") ?? "";
      assert.ok(policy.includes("'sha256-") && !policy.includes("unsafe"), policy);
      // What the policy forbids is a complaint of the page, and fails this.
      await withPage(kiln, {}, async (page) => {
        await until("a temperature", async () => /\d °C/.test(await page.locator("#temp").innerText()));
        await page.getByLabel("Code").fill(await kiln.pairingCode());
        await page.getByRole("button", { name: "Pair", exact: true }).click();
        await page.getByText("Paired.").waitFor();
        await page.getByLabel("Profile").selectOption("quick");
        await page.getByRole("button", { name: "Start", exact: true }).click();
        await kiln.until(({ state }) => state === "running");
        await page.getByText("Firing Quick.").waitFor();
        await page.getByRole("button", { name: "Stop: heat off" }).click();
        await page.getByText("The kiln has stopped heating.").waitFor();
        assert.notEqual((await kiln.status()).state, "running");
        await page.getByText("Idle.").waitFor();
      });
    }),
};
