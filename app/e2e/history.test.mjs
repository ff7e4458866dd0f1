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

/** Half a day of a firing, a row every 5 s, as a kiln would answer. */
function long() {
  const points = [];
  for (let at = 0; at < 12 * 3600; at += 5) {
    const target = Math.min(1000, 20 + at * 0.03);
    points.push([at, at > 20_000 && at < 20_600 ? null : target - 3 + Math.sin(at / 40), target, 40]);
  }
  return points.filter(([, temp]) => temp !== null);
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
    withKiln({ speed: 600 }, async (kiln) => {
      await kiln.pair();
      await fire(kiln, 60);
      const { runs } = await kiln.ask("GET", "/api/runs");
      const { id } = runs[0];
      await withPage(
        kiln,
        {},
        async (page) => {
          const points = long();
          await page.route("**/json", (route) => route.fulfill({ json: { id, points } }));
          await page.goto(`${kiln.address}/#/history/run/${encodeURIComponent(id)}`);
          const box = page.locator(".chart-box[data-points]").first();
          await until("all of it is drawn", async () => Number(await box.getAttribute("data-points")) > 1000);
          const drawn = Number(await box.getAttribute("data-points"));
          assert.ok(drawn <= 1600, `${drawn} points`);
          console.log(
            `        ${points.length} rows, ${drawn} points, ${await box.getAttribute("data-draw-ms")} ms`,
          );
        },
        { hash: "#/history" },
      );
    }),
};
