/** Tuning from the first step to gains in force, and back to those of before. */
import assert from "node:assert/strict";
import { PHONE } from "./browser.mjs";
import { until, withKiln, withPage } from "./with.mjs";

/** The kiln has few sockets, and the page uses them: asked again. */
const gains = async (kiln) => {
  const asked = await until("the configuration", () => kiln.ask("GET", "/api/config").catch(() => null));
  return asked.control;
};

/** Applies what is proposed; where it does worse, that is said and is not what is offered first. */
async function applied(page) {
  const apply = page.getByRole("button", { name: /^Apply (these gains|all the same)$/ });
  // Both trials are over once neither is being computed any more.
  await page.getByText("Computing…", { exact: true }).waitFor({ state: "detached", timeout: 60_000 });
  const worse = (await page.locator("[data-test=worse]").count()) > 0;
  console.log(`        on the profile the proposed gains do ${worse ? "worse" : "no worse"}`);
  const first = await apply.evaluate((button) => button.classList.contains("main"));
  assert.equal(first, !worse, "what does worse is not offered first");
  assert.equal(await page.getByRole("link", { name: "Keep the gains in force" }).count(), worse ? 1 : 0);
  await apply.click();
}

export const tests = {
  "a tuning run is made, understood, applied and taken back": () =>
    withKiln({ speed: 300 }, async (kiln) => {
      await kiln.pair();
      const before = await gains(kiln);
      await withPage(
        kiln,
        { viewport: PHONE },
        async (page) => {
          await page.getByRole("radio").first().check();
          const start = page.getByRole("button", { name: "Start the test" });
          assert.ok(await start.isDisabled(), "not before the safety list is agreed to");
          await page.getByLabel("All of this is so").check();
          await start.click();
          await page.getByText(/Step \d of 4/).waitFor();
          await page.getByText("Fails above").waitFor();
          await kiln.until(({ state }) => state !== "tuning", 120_000);
          await page.getByRole("link", { name: "See what it shows" }).click();
          await page.getByText("A good fit").waitFor({ timeout: 90_000 });
          await page.getByText("Mean distance").waitFor({ timeout: 60_000 });
          await page.getByRole("slider").fill("0.9");
          await applied(page);
          await page.getByText("The gains of before are kept").waitFor();
          const after = await gains(kiln);
          assert.notEqual(after.kp, before.kp);
          await page.getByRole("button", { name: "Back to the gains of before" }).click();
          await until("they are back", async () => (await gains(kiln)).kp === before.kp);
          const { kp, ki, kd } = await gains(kiln);
          assert.deepEqual({ kp, ki, kd }, { kp: before.kp, ki: before.ki, kd: before.kd });
        },
        { hash: "#/tuning/begin" },
      );
    }),

  "a log that shows nothing is said to show nothing": () =>
    withKiln({ speed: 600 }, async (kiln) => {
      await kiln.pair();
      await withPage(
        kiln,
        {},
        async (page) => {
          const head =
            "timestamp,elapsed_seconds,current_temp_c,target_temp_c,ssr_output_percent,state,step_name,step_index,total_steps,measured_rate_c_per_hour";
          const rows = Array.from({ length: 400 }, (_, at) => {
            const time = `${String(10 + Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}:00`;
            return `2026-01-01 ${time},${at * 60}.0,22.00,0.00,0.00,IDLE,,,,0.0`;
          });
          const buffer = Buffer.from([head, ...rows].join("\n"));
          await page
            .locator("input[type=file]")
            .setInputFiles({ name: "flat.csv", mimeType: "text/csv", buffer });
          await page.getByText("The power hardly changes").waitFor({ timeout: 30_000 });
          assert.equal(await page.getByRole("button", { name: "Apply these gains" }).count(), 0);
        },
        { hash: "#/tuning" },
      );
    }),
};
