/** Every screen and dialog, and how to get there: for what is looked at everywhere. */
export const SCREENS = [
  { name: "kiln", hash: "#/kiln" },
  { name: "profiles", hash: "#/profiles" },
  { name: "profile", hash: "#/profiles/bisque-cone-04" },
  { name: "new profile", hash: "#/profiles/-/new" },
  { name: "cone", hash: "#/profiles/-/cone" },
  { name: "history", hash: "#/history" },
  { name: "wear", hash: "#/history/wear" },
  { name: "tuning", hash: "#/tuning" },
  { name: "tuning test", hash: "#/tuning/begin" },
  { name: "settings", hash: "#/settings" },
  { name: "diagnostics", hash: "#/diagnostics" },
];

/** The newest firing, the newest two over each other, and what the oldest shows, of those that a kiln has. */
export async function firedPlaces(kiln) {
  const { runs } = await kiln.ask("GET", "/api/runs");
  const ids = runs.map(({ id }) => encodeURIComponent(id));
  return [
    { name: "run", hash: `#/history/run/${ids[0]}` },
    { name: "comparison", hash: `#/history/compare/${ids[0]}/${ids[1]}` },
    { name: "fit", hash: `#/tuning/run/${ids.at(-1)}` },
  ];
}

/** Dialogs by the button that opens them, in English. */
export const DIALOGS = [
  { name: "import", hash: "#/profiles", button: "Import" },
  { name: "change", hash: "#/kiln", button: "Change…" },
  { name: "skip", hash: "#/kiln", button: "Skip step" },
  { name: "guide", hash: "#/settings", button: "Begin" },
  { name: "reset", hash: "#/settings", button: "Reset to factory settings" },
];

/** The same, of a kiln that fires nothing. */
export const DIALOGS_AT_REST = [
  { name: "start", hash: "#/kiln", button: "Start a firing" },
  { name: "hold", hash: "#/kiln", button: "Hold a temperature" },
];

/** Goes to a screen and waits until it stands still. */
export async function goTo(page, { hash, button }) {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await page.locator("h1").first().waitFor();
  // What is fetched is there, or the kiln has said that there is none.
  await page.waitForTimeout(900);
  if (button) {
    await page.getByRole("button", { name: button, exact: true }).first().click();
    await page.getByRole("dialog").waitFor();
    await page.waitForTimeout(200);
  }
}

export const leave = (page) => page.keyboard.press("Escape");
