import { describe, expect, test } from "vitest";
import { happenedIn } from "../../src/screens/history/happened";

const HEAD =
  "timestamp,elapsed_seconds,current_temp_c,target_temp_c,ssr_output_percent,state,step_name,step_index,total_steps,measured_rate_c_per_hour";
const row = (at: string, elapsed: number, temp: number, name: string, index: string) =>
  `${at},${elapsed},${temp},100,40,RUNNING,${name},${index},2,60`;
const log = (...rows: string[]) => [HEAD, ...rows, ""].join("\n");
const brief = (csv: string) =>
  happenedIn(csv).map((one) =>
    [one.is, one.at, "celsius" in one ? one.celsius : "seconds" in one ? one.seconds : null].join(" "),
  );

describe("what happened", () => {
  test.each([
    ["nothing", "", []],
    ["no log", "a,b\n1,2", []],
    [
      "two steps and a peak between",
      log(
        row("2026-01-01 10:00:00", 0, 20, "ramp", "0"),
        row("2026-01-01 10:01:00", 60, 90, "ramp", "0"),
        row("2026-01-01 10:02:00", 120, 101, "hold", "1"),
        row("2026-01-01 10:03:00", 180, 99, "hold", "1"),
      ),
      ["began 0 20", "step 0 20", "step 120 101", "peak 120 101", "ended 180 99"],
    ],
    [
      "an outage, and back to where it was",
      log(
        row("2026-01-01 10:00:00", 0, 200, "ramp", "0"),
        row("2026-01-01 10:10:00", 600, 150, "RECOVERY", "-1"),
        row("2026-01-01 10:11:00", 660, 201, "ramp", "0"),
        row("2026-01-01 10:12:00", 720, 199, "hold", "1"),
      ),
      [
        "began 0 200",
        "step 0 200",
        "off 0 600",
        "recovering 600 ",
        "peak 660 201",
        "step 720 199",
        "ended 720 199",
      ],
    ],
    [
      "a clock that was never set",
      log(row("", 5, 20, "ramp", "0"), row("", 65, 30, "ramp", "0")),
      ["began 0 20", "step 0 20", "peak 60 30", "ended 60 30"],
    ],
  ])("%s", (_, csv, wanted) => expect(brief(csv)).toEqual(wanted));
});
