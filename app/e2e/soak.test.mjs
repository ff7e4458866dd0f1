/**
 * The live page over an accelerated day: the heap must not grow with it. A short piece in the tests; the whole of it
 * with `KILN_SOAK_HOURS` (virtual), as the campaign does.
 */
import assert from "node:assert/strict";
import { DESKTOP } from "./browser.mjs";
import { withKiln, withPage } from "./with.mjs";

const HOURS = Number(process.env.KILN_SOAK_HOURS ?? 2);
const SPEED = Number(process.env.KILN_SOAK_SPEED ?? 600);
/** The bar for a day. */
const MOST_MB = 50;
/** Points of the firing, and corners of its plan. */
const POINTS_MOST = 1600 + 20;

/** The heap after what is not needed has gone, MB. */
async function heap(client) {
  await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  return usedSize / 1e6;
}

export const tests = {
  [`${HOURS} h of a firing leave the heap as it was`]: () =>
    withKiln({ speed: SPEED }, async (kiln) => {
      await kiln.pair();
      // Holds of half a day: the page has something to draw all the time.
      const hold = (target_temp) => [
        { type: "ramp", target_temp, desired_rate: 200 },
        { type: "hold", target_temp, duration: 40_000 },
      ];
      const steps = [...hold(300), ...hold(500), ...hold(200)];
      await kiln.ask("PUT", "/api/profiles/day", { format: 1, name: "Day", temp_units: "c", steps });
      await kiln.ask("POST", "/api/run", { profile: "day" });
      await withPage(kiln, { viewport: DESKTOP }, async (page, { context }) => {
        await page.locator("canvas").first().waitFor();
        const client = await context.newCDPSession(page);
        await kiln.until(({ run }) => run?.elapsed_s > 600);
        const before = await heap(client);
        // By the kiln's own clock, however slow this machine is.
        const hours = async () => (((await kiln.status()).run?.elapsed_s ?? 0) - 600) / 3600;
        while ((await hours()) < HOURS) await page.waitForTimeout(2000);
        const drawn = await page.locator(".chart-box[data-points]").first().getAttribute("data-points");
        const after = await heap(client);
        console.log(
          `        heap ${before.toFixed(1)} MB, ${after.toFixed(1)} MB after ${HOURS} h at ${SPEED}, ${drawn} points drawn`,
        );
        assert.ok(Number(drawn) <= POINTS_MOST, `${drawn} points`);
        assert.ok(after - before < MOST_MB, `grew by ${(after - before).toFixed(1)} MB`);
      });
    }),
};
