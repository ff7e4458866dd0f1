/** Alerts: what was expected and is welcome. Said quietly, each kind only to whoever wants it. */
import type { Status } from "../generated/wire";
import { kilnWords } from "../screens/kiln/words";
import { wordsIn } from "../words/table";
import { kiln } from "./kiln";
import { say } from "./says";
import { type Alert, unitsNow, viewer } from "./viewer";

const HOLD_ENDING_S = 600;
/** Cool enough to open: ware and furniture do not crack, and hands do not burn. */
export const SAFE_C = 60;
const WARM_C = 70;

export interface Told {
  alert: Alert;
  status: Status;
}

/** What has come with this status that was not so in the one before. */
export function alertsOf(before: Status | null, now: Status): Alert[] {
  if (before === null) return [];
  const found: Alert[] = [];
  const [was, is] = [before.run, now.run];
  if (now.state === "running" && before.state === "running" && was && is && was.id === is.id) {
    if (is.step.index > was.step.index) found.push("step");
    const [leftBefore, left] = [leftOf(before), leftOf(now)];
    const same = is.step.index === was.step.index;
    if (same && left !== null && leftBefore !== null && leftBefore > HOLD_ENDING_S && left <= HOLD_ENDING_S) {
      found.push("holdEnding");
    }
  }
  if (now.state === "complete" && before.state === "running") found.push("complete");
  return found;
}

const leftOf = ({ run }: Status): number | null =>
  run === null || run.step.hold_s === null ? null : run.step.hold_s - run.step.elapsed_s;

/** Says them; for as long as the page is there. */
export function watchAlerts(): void {
  let before: Status | null = null;
  let wasWarm = false;
  kiln.watch(() => {
    const { status, link } = kiln.get();
    if (status === null || status === before || link !== "live") return;
    for (const alert of alertsOf(before, status)) tell(alert, status);
    if (status.temp_c !== null && status.state !== "running") {
      if (status.temp_c > WARM_C) wasWarm = true;
      if (wasWarm && status.temp_c < SAFE_C) {
        wasWarm = false;
        tell("safeToOpen", status);
      }
    }
    before = status;
  });
}

function tell(alert: Alert, status: Status): void {
  if (!viewer.get().alerts[alert]) return;
  const words = wordsIn(kilnWords, viewer.get().tongue).alerts;
  const { run } = status;
  const units = unitsNow();
  const step = `${(run?.step.index ?? 0) + 1}`;
  if (alert === "step") say(words.step(step, `${run?.step.count ?? 0}`), "plain");
  else if (alert === "holdEnding") say(words.holdEnding(units.duration(leftOf(status))), "plain");
  else if (alert === "complete") say(words.complete(run?.profile ?? ""));
  else say(words.safeToOpen(units.temp(status.temp_c)));
}
