/**
 * The pictures of the README: every screen, phone and desktop, light and dark, on one simulated firing.
 * Written to docs/app; with `KILN_SHOTS` somewhere else.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { browse, DESKTOP, PHONE } from "./browser.mjs";
import { Kiln } from "./kiln.mjs";
import { smaller } from "./smaller.mjs";
import { goTo } from "./walk.mjs";

const OUT = process.env.KILN_SHOTS ?? fileURLToPath(new URL("../../docs/app", import.meta.url));
const FIRED = "bisque-cone-04";

const SHOTS = [
  { name: "kiln", hash: "#/kiln" },
  { name: "profiles", hash: "#/profiles" },
  { name: "profile", hash: `#/profiles/${FIRED}` },
  { name: "history", hash: "#/history" },
  { name: "run", hash: "#/history", first: true },
  { name: "tuning", hash: "#/tuning" },
  { name: "settings", hash: "#/settings" },
  { name: "diagnostics", hash: "#/diagnostics" },
];

const SIZES = [
  { name: "phone", viewport: PHONE },
  { name: "desktop", viewport: DESKTOP },
];

async function shoot(kiln, size, theme) {
  const seen = await browse({ viewport: size.viewport, theme, token: kiln.token });
  const { page } = seen;
  await page.goto(kiln.address);
  for (const shot of SHOTS) {
    await goTo(page, shot);
    if (shot.first) await page.locator("main a[href*='history/run/']").first().click();
    await page.waitForTimeout(1500);
    await page.evaluate(() => scrollTo(0, 0));
    const file = join(OUT, `${shot.name}-${size.name}-${theme}.png`);
    writeFileSync(file, smaller(await page.screenshot()));
  }
  if (seen.errors.length > 0) throw new Error(seen.errors.join("\n"));
  await seen.close();
}

mkdirSync(OUT, { recursive: true });
const kiln = await Kiln.start({ speed: 3000 });
try {
  await kiln.pair("Anna’s phone");
  await kiln.ask("POST", "/api/config", {
    hardware: { element_power_w: 6600 },
    display: { kiln_name: "Studio kiln", currency: "€", energy_price_per_kwh: 0.29 },
  });
  // One whole firing on record, and one that goes on.
  await kiln.ask("POST", "/api/run", { profile: "glaze-cone-6" });
  await kiln.until(({ state }) => state === "complete", 120_000);
  await kiln.until(({ temp_c }) => temp_c < 60, 120_000);
  await kiln.ask("POST", "/api/run", { profile: FIRED });
  await kiln.until(({ run }) => run?.step.index === 5, 120_000);
  await kiln.end();
  kiln.speed = 1;
  await kiln.begin();
  await kiln.until(({ state }) => state === "running", 60_000);
  for (const size of SIZES) for (const theme of ["light", "dark"]) await shoot(kiln, size, theme);
} finally {
  await kiln.leave();
}
