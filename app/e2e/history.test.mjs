/** What was fired: its figures, its log in one click also while it goes on, notes, several over each other. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PHONE } from "./browser.mjs";
import { until, withKiln, withPage } from "./with.mjs";

const profile = (target_temp) => ({
  format: 1,
  name: "Short",
  temp_units: "c",
  steps: [
    { type: "ramp", target_temp, desired_rate: 400 },
    { type: "hold", target_temp, duration: 600 },
  ],
});

/** Fires a short profile to its end. */
export async function fire(kiln, target) {
  await kiln.ask("PUT", "/api/profiles/short", profile(target));
  await kiln.ask("POST", "/api/run", { profile: "short" });
  await kiln.until(({ state }) => state === "complete", 120_000);
}

export const tests = {
  "the log is saved in one click while the kiln fires": () =>
    withKiln({ speed: 120 }, async (kiln) => {
      await kiln.pair();
      await kiln.ask("POST", "/api/run", { profile: "bisque-cone-04" });
      const { run } = await kiln.until(({ run }) => run?.id && run.elapsed_s > 600);
      await withPage(
        kiln,
        {},
        async (page) => {
          const click = page.getByRole("button", { name: "CSV" }).click();
          const [download] = await Promise.all([page.waitForEvent("download"), click]);
          const text = readFileSync(await download.path(), "utf8");
          assert.match(download.suggestedFilename(), /^Bisque.*\.csv$/);
          assert.ok(text.startsWith("timestamp,") && text.split("\n").length > 5, text.slice(0, 200));
          assert.equal((await kiln.status()).state, "running", "and goes on firing");
        },
        { hash: `#/history/run/${encodeURIComponent(run.id)}` },
      );
    }),

  "firings are listed, noted and laid over each other": () =>
    withKiln({ speed: 600 }, async (kiln) => {
      await kiln.pair();
      await fire(kiln, 120);
      await fire(kiln, 180);
      await withPage(
        kiln,
        { viewport: PHONE },
        async (page) => {
          await page.getByRole("link", { name: /Short/ }).first().click();
          await page.getByText("Most above target").waitFor();
          await page.getByText("Step 2 of 2: Hold").waitFor();
          await page.getByLabel("What the witness cones said").fill("04 down, 03 bent");
          await page.getByRole("button", { name: "Save", exact: true }).click();
          await page.getByText("Kept with the firing").waitFor();
          const { runs } = await kiln.ask("GET", "/api/runs");
          assert.equal(runs[0].cone_result, "04 down, 03 bent");
          await page.getByRole("link", { name: "All firings" }).click();
          await page.getByRole("button", { name: "Compare" }).click();
          const boxes = page.getByRole("checkbox");
          await boxes.nth(0).check();
          await boxes.nth(1).check();
          await page.getByRole("link", { name: "Compare 2" }).click();
          await page.getByRole("heading", { name: "Distance from the first" }).waitFor();
          await page.getByRole("button", { name: "at a temperature" }).click();
          await until(
            "two charts",
            async () => (await page.locator(".chart-box[data-points]").count()) === 2,
          );
        },
        { hash: "#/history" },
      );
    }),

  "twelve hours at five seconds are drawn with at most 1,600 points": () =>
    withKiln({ speed: 3000 }, async (kiln) => {
      await kiln.pair();
      await kiln.ask("POST", "/api/config", { logging: { row_every_s: 5 } });
      const steps = [
        { type: "ramp", target_temp: 500, desired_rate: 150 },
        { type: "hold", target_temp: 500, duration: 32_400 },
      ];
      await kiln.ask("PUT", "/api/profiles/day", { format: 1, name: "Day", temp_units: "c", steps });
      await kiln.ask("POST", "/api/run", { profile: "day" });
      await kiln.until(({ state }) => state !== "running", 300_000);
      const { runs } = await kiln.ask("GET", "/api/runs");
      const id = encodeURIComponent(runs[0].id);
      const { points } = await kiln.ask("GET", `/api/runs/${id}/json`);
      assert.ok(points.length > 8500, `${points.length} rows`);
      const run = async (page) => {
        const box = page.locator(".chart-box[data-points]").first();
        await until("it is drawn", async () => Number(await box.getAttribute("data-points")) > 200);
        const drawn = Number(await box.getAttribute("data-points"));
        assert.ok(drawn <= 1600, `${drawn} points`);
        const took = await box.getAttribute("data-draw-ms");
        console.log(`        rows ${points.length}, ${drawn} points, drawn in ${took} ms`);
      };
      await withPage(kiln, {}, run, { hash: `#/history/run/${id}` });
    }),
};
