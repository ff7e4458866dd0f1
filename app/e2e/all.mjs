/**
 * Runs every test of this folder (`*.test.mjs`), or those whose name has a word given: `npm run e2e -- firing`.
 *
 * A test file exports `tests`: an object of names and functions. Each gets a kiln of its own only if it starts one.
 * A failure leaves a picture of the page in the folder that `KILN_E2E_OUT` names.
 */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here).filter((file) => file.endsWith(".test.mjs"));
let [passed, failed] = [0, 0];

for (const file of files) {
  const { tests } = await import(`./${file}`);
  for (const [name, run] of Object.entries(tests)) {
    const title = `${file.replace(".test.mjs", "")}: ${name}`;
    if (wanted.length > 0 && !wanted.some((word) => title.includes(word))) continue;
    const start = Date.now();
    try {
      await run();
      passed += 1;
      console.log(`ok      ${title} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${title}\n${error.stack}`);
    }
  }
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
