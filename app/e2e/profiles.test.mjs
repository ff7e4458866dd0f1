/** Drawing up profiles: pulled on the chart and saved, undone, made from a cone, brought from another program. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DESKTOP, PHONE } from "./browser.mjs";
import { until, withKiln, withPage } from "./with.mjs";

const POINTS = JSON.stringify({
  type: "profile",
  name: "Cone 05 brought",
  data: [
    [0, 68],
    [3600, 248],
    [7200, 248],
  ],
});

const vertex = (page, step) => page.getByRole("button", { name: new RegExp(`^Step ${step},`) });

/** Pulls a corner by a finger's way. */
async function pull(page, step, dx, dy) {
  const box = await vertex(page, step).boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let at = 1; at <= 8; at += 1) await page.mouse.move(x + (dx * at) / 8, y + (dy * at) / 8);
  await page.mouse.up();
}

const target = (page, step) =>
  page
    .getByRole("group", { name: `Step ${step}`, exact: true })
    .getByLabel(/^To/)
    .inputValue();

async function pulled(kiln, viewport) {
  await withPage(
    kiln,
    { viewport },
    async (page) => {
      await vertex(page, 8).waitFor();
      const before = [await target(page, 7), await target(page, 8)];
      await pull(page, 8, 0, 24);
      await until("the table follows the chart", async () => (await target(page, 7)) !== before[0]);
      const after = Number(await target(page, 7));
      assert.ok(
        after < Number(before[0]) && after % 5 === 0,
        `${before[0]} became ${after}: snapped to fives`,
      );
      assert.equal(await target(page, 8), `${after}`, "the hold goes along with its ramp");
      await page.getByRole("button", { name: "Undo" }).click();
      await until("one pull is one change", async () => (await target(page, 7)) === before[0]);
      await page.getByRole("button", { name: "Redo" }).click();
      await vertex(page, 8).focus();
      await page.keyboard.press("ArrowUp");
      await until("an arrow moves it by five", async () => (await target(page, 7)) === `${after + 5}`);
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("is saved on the kiln").waitFor();
      const stored = await kiln.ask("GET", "/api/profiles/bisque-cone-04");
      assert.equal(stored.steps[6].target_temp, after + 5);
    },
    { hash: "#/profiles/bisque-cone-04" },
  );
}

export const tests = {
  "a profile is pulled on the chart and saved": () =>
    withKiln({}, async (kiln) => {
      await kiln.pair();
      await pulled(kiln, DESKTOP);
      await pulled(kiln, PHONE);
    }),

  "a draft outlives the page, and another device is not overwritten unasked": () =>
    withKiln({}, async (kiln) => {
      await kiln.pair();
      await withPage(
        kiln,
        {},
        async (page) => {
          await vertex(page, 1).waitFor();
          await page.getByRole("group", { name: "Step 1", exact: true }).getByLabel(/^To/).fill("95");
          page.on("dialog", (dialog) => dialog.accept());
          await page.reload();
          await page.getByText("A draft that was not saved is shown").waitFor();
          assert.equal(await target(page, 1), "95");
          const theirs = await kiln.ask("GET", "/api/profiles/bisque-cone-04");
          theirs.description = "Changed elsewhere";
          await kiln.ask("PUT", "/api/profiles/bisque-cone-04", theirs);
          await page.getByRole("button", { name: "Save", exact: true }).click();
          await page.getByText("changed on another device").waitFor();
          await page.getByRole("button", { name: "Save mine over it" }).click();
          await page.getByText("is saved on the kiln").waitFor();
          assert.equal((await kiln.ask("GET", "/api/profiles/bisque-cone-04")).steps[0].target_temp, 95);
        },
        { hash: "#/profiles/bisque-cone-04" },
      );
    }),

  "a cone and a speed become a profile": () =>
    withKiln({}, async (kiln) => {
      await kiln.pair();
      await withPage(
        kiln,
        {},
        async (page) => {
          await page.getByLabel("Cone to fall").selectOption("6");
          await page.getByLabel("What is fired").selectOption("glaze");
          await page.getByText(/Ends at 1,?2[23]\d/).waitFor();
          await page.getByRole("button", { name: "Edit this profile" }).click();
          await page.getByText("about cone 6").waitFor();
          await page.getByRole("button", { name: "Save", exact: true }).click();
          await page.getByText("is saved on the kiln").waitFor();
          const { profiles } = await kiln.ask("GET", "/api/profiles");
          assert.ok(profiles.some(({ name }) => name === "Cone-6-glaze-medium"));
        },
        { hash: "#/profiles/-/cone" },
      );
    }),

  "a profile of another program is brought, its unit asked for": () =>
    withKiln({}, async (kiln) => {
      await kiln.pair();
      const file = join(kiln.folder, "cone-05.json");
      writeFileSync(file, POINTS);
      await withPage(
        kiln,
        { viewport: PHONE },
        async (page) => {
          await page.getByRole("button", { name: "Import" }).click();
          await page.locator("input[type=file]").setInputFiles(file);
          const go = page.getByRole("dialog").getByRole("button", { name: "Import" });
          await go.click();
          await page.getByText("does not say its unit").waitFor();
          await page.getByLabel("°F").check();
          await go.click();
          await page.getByLabel("Name", { exact: true }).waitFor();
          assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Cone 05 brought");
          assert.equal(await target(page, 1), "120");
        },
        { hash: "#/profiles" },
      );
    }),

  "the rest of a firing is changed after a look at the difference": () =>
    withKiln({ speed: 60 }, async (kiln) => {
      await kiln.pair();
      await kiln.ask("POST", "/api/run", { profile: "bisque-cone-04" });
      await kiln.until(({ state }) => state === "running");
      await withPage(
        kiln,
        {},
        async (page) => {
          const field = page.getByRole("group", { name: "Step 3", exact: true }).getByLabel(/^To/);
          await field.waitFor();
          assert.ok(
            await page.getByRole("group", { name: "Step 1", exact: true }).getByLabel(/^To/).isDisabled(),
          );
          await field.fill("130");
          await page.getByRole("button", { name: "Review the changes" }).click();
          const dialog = page.getByRole("dialog");
          await dialog.getByText(/120/).first().waitFor();
          await dialog.getByRole("button", { name: "Change it now" }).click();
          await page.getByText("goes on with the new steps").waitFor();
        },
        { hash: "#/profiles/-/running" },
      );
    }),
};
