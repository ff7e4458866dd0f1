/** Both languages and both units, and the language nobody speaks: whatever stays plain was not in a table. */
import assert from "node:assert/strict";
import { PHONE } from "./browser.mjs";
import { goTo, SCREENS } from "./walk.mjs";
import { withKiln, withPage } from "./with.mjs";

/** Texts that are names, figures or the kiln's own words, and stay as they are in every language. */
const PLAIN =
  /^[\d\s.,:;°%·×→←↑↓✕✓●+−–—()/|•▂▄▆█▶▸…‹›"-]*$|°C|°F|kWh|dBm|MiB|KiB|^pico-kiln|^English$|^Français$|^K$|^k[pid]$|^min$|^h$|^s$|^v?\d|^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [\d:]+$/;

async function plainTexts(page) {
  const texts = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (
        !parent ||
        parent.closest("script, style, [data-plain], .log, .bar-name, .choice-name, option, code, pre")
      )
        continue;
      const text = node.textContent.trim();
      if (text) found.push(text);
    }
    return found;
  });
  return texts.filter((text) => !text.includes("⟦") && !text.includes("⟧") && !PLAIN.test(text));
}

const known = (kiln) => [...kiln.names, "simulator", "test", "setup"];

async function begin(kiln) {
  await kiln.pair();
  const { profiles } = await kiln.ask("GET", "/api/profiles");
  await kiln.ask("POST", "/api/run", { profile: "bisque-cone-04" });
  const { run } = await kiln.until(({ run }) => run?.elapsed_s > 300);
  // Profiles bring their own words: names and descriptions.
  const docs = [];
  for (const { name } of profiles)
    docs.push(await kiln.ask("GET", `/api/profiles/${encodeURIComponent(name)}`));
  const own = docs.flatMap(({ name, description = "" }) => [name, ...description.split("\n")]);
  const files = profiles.flatMap(({ name }) => [name, name.replaceAll("-", " ")]);
  kiln.names = [...files, ...own, "Glaze, held until cone 6", run.profile, run.id].filter(
    (name) => name !== "",
  );
}

export const tests = {
  "no sentence is missing from the tables": () =>
    withKiln({ speed: 100 }, async (kiln) => {
      await begin(kiln);
      await withPage(kiln, { viewer: { tongue: "pseudo" } }, async (page) => {
        const found = [];
        for (const place of SCREENS) {
          await goTo(page, place);
          for (const text of await plainTexts(page)) {
            const same = (name) => text.toLowerCase().includes(name.toLowerCase()) || name.includes(text);
            if (!known(kiln).some(same)) found.push(`${place.name}: ${text}`);
          }
        }
        assert.deepEqual(found, []);
      });
    }),

  "French, Fahrenheit, a phone": () =>
    withKiln({ speed: 100 }, async (kiln) => {
      await begin(kiln);
      const viewer = { tongue: "fr", unit: "f" };
      await withPage(kiln, { viewport: PHONE, viewer, locale: "fr-FR" }, async (page) => {
        await page.getByText("Étape").first().waitFor();
        const { temp_c } = await kiln.status();
        const shown = Number((await page.locator("[data-test=bar-temp]").innerText()).replace(/[^\d]/g, ""));
        assert.ok(Math.abs(shown - (temp_c * 1.8 + 32)) < 15, `${shown} °F for ${temp_c} °C`);
        assert.match(await page.locator("[data-test=doing]").innerText(), /°F/);
        assert.equal(await page.evaluate(() => document.documentElement.lang), "fr");
        for (const place of SCREENS) {
          await goTo(page, place);
          // A profile's own description may say °C.
          if (!place.name.startsWith("profile")) {
            assert.doesNotMatch(await page.locator("main").innerText(), /\d\s°C/, place.name);
          }
          assert.ok(
            (await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0,
            place.name,
          );
        }
        // Back again, from the settings, without a reload.
        await goTo(page, { hash: "#/settings" });
        await page.getByLabel("Langue").selectOption("en");
        await page.getByLabel("Temperatures in").selectOption("c");
        await page.getByRole("heading", { name: "Settings" }).waitFor();
        assert.match(await page.locator("[data-test=bar-temp]").innerText(), /°C/);
      });
    }),

  "the theme is there before the first paint": () =>
    withKiln({ speed: 1 }, async (kiln) => {
      await withPage(kiln, { theme: "light" }, async (page) => {
        await goTo(page, { hash: "#/settings" });
        await page.getByLabel("Appearance").selectOption("dark");
        const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
        const dark = await ground();
        await page.route("**/*", (route) => route.continue());
        await page.reload({ waitUntil: "commit" });
        await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
        assert.equal(await ground(), dark);
      });
    }),
};
