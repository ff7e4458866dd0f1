/** Every screen, theme and width: axe's whole set of rules, nothing too small for a finger, nothing beyond the edge. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { DESKTOP, PHONE } from "./browser.mjs";
import { fire } from "./history.test.mjs";
import { DIALOGS, DIALOGS_AT_REST, firedPlaces, goTo, leave, SCREENS } from "./walk.mjs";
import { withKiln, withPage } from "./with.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LEAST = 24;

/** What axe finds with every rule it has, experimental and best practice included. */
const judge = (page) =>
  page.evaluate(async () => {
    // AA is the bar for contrast; the one rule that asks for AAA is left out.
    const all = window.axe.getRules().filter(({ ruleId }) => ruleId !== "color-contrast-enhanced");
    const rules = Object.fromEntries(all.map(({ ruleId }) => [ruleId, { enabled: true }]));
    const { violations } = await window.axe.run(document, { rules, resultTypes: ["violations"] });
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
    );
  });

/** What can be pressed and is smaller than a finger needs; a link within a sentence is as high as its line. */
const small = (page, least) =>
  page.evaluate((least) => {
    const all = document.querySelectorAll(
      "a[href], button, input, select, textarea, summary, [role=button], [tabindex='0']",
    );
    return [...all].flatMap((one) => {
      if (one.closest(".unseen, [inert], .skip") || one.matches(".unseen")) return [];
      const area = one.closest("label") ?? one;
      const { width, height } = area.getBoundingClientRect();
      if (width === 0 || height === 0) return [];
      const inline = one.matches("a") && getComputedStyle(one).display === "inline";
      return inline || (width >= least && height >= least)
        ? []
        : [`${one.outerHTML.slice(0, 120)} ${width}×${height}`];
    });
  }, least);

const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

async function look(page, where) {
  const found = [];
  // As high as its content: what scrolls under the bars would count as covered by them.
  const { width, height } = page.viewportSize();
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, Math.min(whole, 6000)) });
  for (const violation of await judge(page)) found.push(`${where}: ${violation}`);
  for (const one of await small(page, LEAST)) found.push(`${where}: too small: ${one}`);
  const beyond = await wide(page);
  if (beyond > 0) found.push(`${where}: ${beyond} px beyond the edge`);
  await page.setViewportSize({ width, height });
  return found;
}

async function walk(kiln, places, viewport, theme) {
  await withPage(kiln, { viewport, theme }, async (page) => {
    await page.evaluate(AXE);
    const found = [];
    for (const place of places) {
      await goTo(page, place);
      if (place.until) await page.getByText(place.until).first().waitFor({ timeout: 90_000 });
      found.push(...(await look(page, `${place.name}, ${theme}, ${viewport.width} px`)));
      if (place.button) await leave(page);
    }
    assert.deepEqual(found, []);
  });
}

/** A kiln that fires: every screen and dialog. */
const firing = (viewport, theme) =>
  withKiln({ speed: 100 }, async (kiln) => {
    await kiln.pair();
    await kiln.ask("POST", "/api/run", { profile: "bisque-cone-04" });
    await kiln.until(({ run }) => run?.elapsed_s > 1200);
    await walk(kiln, [...SCREENS, ...DIALOGS], viewport, theme);
  });

async function tune(kiln) {
  await kiln.until(({ temp_c }) => temp_c !== null);
  await kiln.ask("POST", "/api/tuning", { mode: "safe" });
  await kiln.until(({ state }) => state === "tuning");
}

/** A kiln with records: one of them, two over each other, and what a tuning run has shown. */
const fired = () =>
  withKiln({ speed: 600 }, async (kiln) => {
    await kiln.pair();
    await tune(kiln);
    await kiln.until(({ state }) => state !== "tuning", 120_000);
    await fire(kiln, 120);
    const [run, comparison, tuned] = await firedPlaces(kiln);
    const places = [run, comparison, { ...tuned, until: "Mean distance" }, ...DIALOGS_AT_REST];
    for (const [viewport, theme] of LOOKS) await walk(kiln, places, viewport, theme);
  });

/** A kiln that is being tuned, slowly enough to be looked at. */
const tuned = () =>
  withKiln({ speed: 10 }, async (kiln) => {
    await kiln.pair();
    await tune(kiln);
    const live = { name: "live tuning", hash: "#/tuning/live", until: "Fails above" };
    for (const [viewport, theme] of LOOKS) await walk(kiln, [live], viewport, theme);
  });

const LOOKS = [PHONE, DESKTOP].flatMap((viewport) => ["light", "dark"].map((theme) => [viewport, theme]));

export const tests = {
  ...Object.fromEntries(
    LOOKS.map(([viewport, theme]) => [
      `axe and fingers, ${viewport.width} px, ${theme}`,
      () => firing(viewport, theme),
    ]),
  ),
  "axe and fingers, what was fired and fitted": fired,
  "axe and fingers, a live tuning": tuned,
};
