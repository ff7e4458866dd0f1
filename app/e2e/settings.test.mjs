/** Settings and diagnostics on a real kiln: what is changed, who may change it, and what is found out. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { until, withKiln, withPage } from "./with.mjs";

const at = (hash) => ({ hash });

export const tests = {
  "a change is looked at before it is saved; a limit wants a code from the kiln": () =>
    withKiln({ speed: 1 }, async (kiln) => {
      await kiln.pair();
      await withPage(
        kiln,
        {},
        async (page) => {
          await page.getByRole("searchbox").fill("maximum temp");
          await page.getByLabel("Maximum temperature").fill("1240");
          await page.getByRole("searchbox").fill("name of the kiln");
          await page.getByLabel("Name of the kiln").fill("Barn");
          await page.getByText("2 changed").first().waitFor();
          await page.getByRole("button", { name: "Review and save" }).click();
          const diff = page.getByRole("dialog");
          await diff.getByText("1300 °C").waitFor();
          await diff.getByText("1240 °C").waitFor();
          await diff.getByRole("button", { name: "Save" }).click();
          const code = await kiln.localCode();
          await page.getByLabel("Code from the kiln").fill(code);
          await page.getByRole("button", { name: "Continue" }).click();
          await page.getByText("Saved.").first().waitFor();
          const config = await kiln.ask("GET", "/api/config");
          assert.deepEqual([config.safety.max_temp_c, config.display.kiln_name], [1240, "Barn"]);
        },
        at("#/settings"),
      );
    }),

  "the first set-up, from language to relays": () =>
    withKiln({ speed: 20 }, async (kiln) => {
      await kiln.pair();
      await withPage(
        kiln,
        {},
        async (page) => {
          const next = page.getByRole("button", { name: "Next", exact: true });
          await page.getByRole("button", { name: "Begin" }).click();
          await page.getByText("Step 1 of 6").waitFor();
          await next.click();
          await page.getByLabel("Name of the kiln").fill("Shed kiln");
          await next.click();
          await page.getByLabel("Element power").fill("5500");
          await next.click();
          await page.getByText("Step 4 of 6").waitFor();
          await page.getByRole("dialog").getByRole("button", { name: "Look for networks" }).click();
          await page.getByRole("dialog").locator(".networks li").first().waitFor({ timeout: 30_000 });
          await next.click();
          await page.getByRole("dialog").getByRole("button", { name: "Test" }).click();
          await page.getByText("Passed.").waitFor({ timeout: 30_000 });
          await next.click();
          await page.getByText(".local").first().waitFor();
          await page.getByRole("button", { name: "Done" }).click();
          const config = await kiln.ask("GET", "/api/config");
          assert.deepEqual([config.display.kiln_name, config.hardware.element_power_w], ["Shed kiln", 5500]);
          await until(
            "its name is in the bar",
            async () => (await page.locator(".bar-name").innerText()) === "Shed kiln",
            30_000,
          );
        },
        at("#/settings"),
      );
    }),

  "a pairing is revoked and asked for again": () =>
    withKiln({ speed: 1 }, async (kiln) => {
      await kiln.pair("phone");
      await withPage(
        kiln,
        {},
        async (page) => {
          await page.getByText("this browser", { exact: true }).waitFor();
          await page.getByRole("button", { name: "Revoke" }).click();
          await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
          await page.getByText("This browser is not paired.").waitFor();
          await page.getByRole("button", { name: "Pair this browser" }).click();
          await page.getByLabel("Code from the kiln").fill("000000");
          await page.getByRole("button", { name: "Pair", exact: true }).click();
          await page.getByText(/not the code the kiln shows|shows no code/).waitFor();
        },
        at("#/settings"),
      );
    }),

  "settings go to a file and come back as a change to look at": () =>
    withKiln({ speed: 1 }, async (kiln) => {
      await kiln.pair();
      await withPage(
        kiln,
        {},
        async (page) => {
          const [file] = await Promise.all([
            page.waitForEvent("download"),
            page.getByRole("button", { name: "Export the settings" }).click(),
          ]);
          const config = JSON.parse(readFileSync(await file.path(), "utf8"));
          assert.equal(config.network.wifi_password, undefined, "no secret leaves");
          config.display.kiln_name = "From a file";
          const name = "settings.json";
          const buffer = Buffer.from(JSON.stringify(config));
          await page
            .locator("input[type=file]")
            .setInputFiles({ name, mimeType: "application/json", buffer });
          await page.getByText("1 changed").first().waitFor();
        },
        at("#/settings"),
      );
    }),

  "the log, the evidence and the support bundle": () =>
    withKiln({ speed: 1 }, async (kiln) => {
      await kiln.pair();
      await withPage(
        kiln,
        {},
        async (page) => {
          await page.locator("[data-test=log]", { hasText: "paired" }).waitFor();
          await page.getByLabel("Show").selectOption("error");
          await page.getByText("Nothing of the kind.").waitFor();
          const [file] = await Promise.all([
            page.waitForEvent("download"),
            page.getByRole("button", { name: "Download it" }).click(),
          ]);
          assert.ok(readFileSync(await file.path(), "utf8").length > 500);
        },
        at("#/diagnostics"),
      );
    }),
};
