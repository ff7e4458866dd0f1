/** What happened in a firing, read from its log: how it began, every step, outages, the peak and the end. */

export type Happened =
  | { is: "began" | "peak" | "ended"; at: number; celsius: number }
  | { is: "step"; at: number; celsius: number; step: number; count: number; name: string }
  /** Nothing was written: the controller was off. */
  | { is: "off"; at: number; seconds: number }
  /** Brought back to where an outage found it. */
  | { is: "recovering"; at: number };

const COLUMNS = [
  "timestamp",
  "elapsed_seconds",
  "current_temp_c",
  "state",
  "step_name",
  "step_index",
  "total_steps",
] as const;
/** Rows further apart than this have an outage between them, s. */
const OFF_S = 120;

/** Oldest first; nothing for a text that is no log. Seconds count from the first row. */
export function happenedIn(csv: string): Happened[] {
  const [head = "", ...lines] = csv.split(/\r?\n/);
  const names = head.split(",");
  const places = COLUMNS.map((column) => names.indexOf(column));
  if (places.includes(-1)) return [];
  const found: Happened[] = [];
  let first: number | null = null;
  let last = null as { at: number; celsius: number; step: string; recovering: boolean } | null;
  let peak = { at: 0, celsius: Number.NEGATIVE_INFINITY };
  for (const line of lines) {
    const fields = line.split(",");
    const [stamp = "", elapsed = "", temp = "", state = "", name = "", index = "", count = ""] = places.map(
      (place) => fields[place] ?? "",
    );
    const celsius = Number.parseFloat(temp);
    // A clock that was not set is no time of day: the firing's own clock counts then.
    const time = Date.parse(`${stamp.replace(" ", "T")}Z`) / 1000;
    const now = Number.isNaN(time) ? Number.parseFloat(elapsed) : time;
    if (Number.isNaN(now) || Number.isNaN(celsius)) continue;
    first ??= now;
    const at = now - first;
    if (!last) found.push({ is: "began", at, celsius });
    else if (at - last.at > OFF_S) found.push({ is: "off", at: last.at, seconds: at - last.at });
    const recovering = state === "RECOVERY" || name === "RECOVERY";
    const step = recovering || !name ? (last?.step ?? "") : `${name} ${index}`;
    if (recovering && !last?.recovering) found.push({ is: "recovering", at });
    if (step !== last?.step && step !== "")
      found.push({ is: "step", at, celsius, step: Number(index) + 1, count: Number(count), name });
    if (celsius > peak.celsius) peak = { at, celsius };
    last = { at, celsius, step, recovering };
  }
  if (!last) return [];
  const ended: Happened = { is: "ended", at: last.at, celsius: last.celsius };
  const before = found.filter((one) => one.at <= peak.at);
  return [...before, { is: "peak", ...peak }, ...found.slice(before.length), ended];
}
